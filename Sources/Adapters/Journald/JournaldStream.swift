package import Application
import Domain
import Threads

/// The journal of systemd, as `journalctl` tells it: a line of JSON an entry, for `JSONLineFields.journald`.
///
/// journalctl runs as a child as long as the stream is open, and is waited for on a thread of the stream's own; it runs on
/// only as fast as it is read.
package actor JournaldStream: LogStream {
  private static let pieceBytes = 64 << 10

  package nonisolated let name: String
  private nonisolated let wake: WakePipe
  /// Nil once closed.
  private nonisolated let program: Lock<ChildProgram?>
  private let pool = ThreadPool(name: "journald", threads: 1)
  private var lines: WholeLines

  /// Starts journalctl.
  ///
  /// - Parameter cursor: Of the last piece that was dealt with; nil to begin as the configuration says. If the journal has
  ///   dropped the entry meanwhile, it goes on with the next one that it has.
  /// - Throws: `.notAvailable` if there is no journalctl.
  package init(_ configuration: JournaldConfiguration, after cursor: String? = nil) throws(LogStreamError) {
    try self.init(configuration.words(after: cursor), maximumLineBytes: configuration.maximumLineBytes)
  }

  /// - Parameter words: A program and its arguments.
  init(_ words: [String], maximumLineBytes: Int) throws(LogStreamError) {
    let name = "journald"
    guard let wake = WakePipe() else {
      throw .interrupted(name: name, reason: "no file descriptor is free: raise the limit of open files (ulimit -n)")
    }
    do throws(ChildProgram.NotStarted) {
      program = Lock(try ChildProgram(words))
    } catch {
      let reason = "'\(words[0])' cannot be started (error \(error.code)): install systemd, or name its path"
      throw .notAvailable(name: name, reason: reason)
    }
    self.name = name
    self.wake = wake
    lines = WholeLines(maximumLineBytes: maximumLineBytes)
  }

  package func read() async throws(LogStreamError) -> LogStreamPiece? {
    while let running = program.withLock({ $0 }) {
      switch await next(of: running) {
      case .output(let bytes):
        if let whole = lines.add(bytes) { return LogStreamPiece(bytes: whole, cursor: JournalCursor.last(in: whole)) }
      case .woken:
        if Task.isCancelled { throw .cancelled }
      case .ended(let status, let words):
        // Killed by `close`: no error.
        guard program.withLock({ $0 }) != nil else { return nil }
        await close()
        throw Self.error(name, status, words)
      }
    }
    return nil
  }

  package nonisolated func close() async {
    let running = program.withLock { program in
      defer { program = nil }
      return program
    }
    running?.kill()
    wake.wake()
  }

  private func next(of program: ChildProgram) async -> ChildProgram.Outcome {
    await withTaskCancellationHandler {
      await pool.run { [wake] in
        wake.drain()
        // In this order: a cancellation from here on is not taken back.
        if Task.isCancelled { return .woken }
        return program.read(upTo: Self.pieceBytes, orFor: wake)
      }
    } onCancel: {
      wake.wake()
    }
  }

  /// What journalctl says, whole, of a cursor that is none of the journal; other failures may quote the option that has it.
  private static let lostCursor = "Failed to seek to cursor"

  static func error(_ name: String, _ status: ChildProgram.Status, _ words: String) -> LogStreamError {
    let said = words.split(separator: "\n").last.map { ": \($0)" } ?? ""
    switch status {
    case .exited(let code):
      let reason = "journalctl ended with status \(code)\(said)"
      return words.split(separator: "\n").contains { $0.hasPrefix(lostCursor) }
        ? .cursorLost(name: name, reason: reason) : .interrupted(name: name, reason: reason)
    case .signalled(let signal):
      return .interrupted(name: name, reason: "journalctl was ended by signal \(signal)\(said)")
    }
  }
}
