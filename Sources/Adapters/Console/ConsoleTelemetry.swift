package import Application
import Threads

/// Prints our own log: what an operator cares about, never log contents or secrets, to standard error.
///
/// Lines of one kind are shown once in ten seconds at most, with the number of those in between.
package final class ConsoleTelemetry: Telemetry {
  package static let standardError: Int32 = 2

  /// How long the like of a line is held back.
  package static let repeatInterval = Duration.seconds(10)

  private let level: LogLevel
  private let encoder: LogLineEncoder
  private let clock: any WallClock
  private let filter = Lock(RepeatFilter(interval: repeatInterval))
  private let output: LineOutput

  /// - Parameter descriptor: Stays open as long as this lives; SIGPIPE must be ignored.
  package convenience init(
    level: LogLevel = .info, format: LogFormat = .text, clock: any WallClock, descriptor: Int32 = standardError
  ) {
    let writer = DescriptorWriter(descriptor)
    // Where standard error is gone there is nobody to tell.
    self.init(level: level, format: format, clock: clock) { _ = writer.write($0) }
  }

  /// - Parameter write: Takes whole lines, on a thread that may block; calls do not overlap.
  package init(
    level: LogLevel, format: LogFormat, clock: any WallClock, write: @escaping @Sendable ([UInt8]) -> Void
  ) {
    self.level = level
    let encoder = LogLineEncoder(format: format)
    self.encoder = encoder
    self.clock = clock
    output = LineOutput(write: write) { lines in
      encoder.encode(LogLine(.warn, "log lines dropped", [.init("lines", lines)]), at: clock.now(), repeats: 0)
    }
  }

  package func record(_ event: TelemetryEvent) {
    guard LogLine.level(of: event) >= level else { return }
    let line = LogLine(event)
    let action = filter.withLock { $0.judge(line, at: clock.elapsed()) }
    guard case .show(let repeats) = action else { return }
    output.submit(encoder.encode(line, at: clock.now(), repeats: repeats))
  }

  /// Shows what was held back, and returns once all is written: before a program ends.
  package func flush() async {
    for (line, repeats) in filter.withLock({ $0.takeHeldBack() }) {
      output.submit(encoder.encode(line, at: clock.now(), repeats: repeats))
    }
    await output.flush()
  }
}
