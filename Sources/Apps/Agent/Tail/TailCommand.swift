import Application
import Composition
import ConsoleAdapter
import Domain
import InProcessAdapter

/// `cordwood-agent tail`: follows log files, each line exactly once.
enum TailCommand {
  static let specification = CommandSpecification(
    name: "tail", summary: "Follow log files or a stream, each line exactly once",
    discussion: """
      Files are found by paths and patterns, new ones as they appear. A file is known by what it is, not by its name: \
      renamed, it is read to its end; truncated, it is read again from its start; a rotation's copy goes on with what \
      the original was. Compressed files are left alone.

      What is sent is first written to a journal in the state folder. So it may be stopped or killed at any time: the next \
      run goes on where it was, and a line is neither lost nor there twice. Without a server it reads until the spool is \
      full, and waits; nobody needs to start in any order.

      Instead of files, - is standard input, which is read to its end, and journald: systemd's journal; \
      journald:--unit=nginx what journalctl gives with these words (separated by commas).

      Each event has the attributes file (where its file was first seen) and offset (of its first byte). docs/agent.md \
      tells more.
      """,
    examples: [
      CommandExample("cordwood-agent tail /var/log/app/*.log", "Follows what matches, now and later."),
      CommandExample(
        "cordwood-agent tail '/srv/**/*.log' --exclude '/srv/tmp/**' --attribute env=prod --multiline indentation",
        "Looks into all folders below one, and keeps stack traces together."),
      CommandExample(
        "cordwood-agent tail /var/log/containers --path-pattern '{pod}_{namespace}_{service}-*.log'",
        "Takes service and attributes from the names of files."),
      CommandExample("kubectl logs -f web | cordwood-agent tail - --service web", "Sends what a command writes."),
      CommandExample("cordwood-agent tail journald:", "Follows systemd's journal."),
    ],
    settings: TailSettings.all,
    operands: OperandsSpecification(
      "PATH…", allowed: 1...1_000,
      "the files to follow: paths, folders, or patterns with *, ?, [a-z] and **; or -, or journald:"))

  static let command = Command(specification) { settings, console in
    let clock = SystemClock()
    let telemetry = ownLog(settings, console, clock)
    do {
      let report = try await TailSystem(settings, console: console, telemetry: telemetry, clock: clock).run()
      let text = TailSummary(report, stateDirectory: settings[AgentSettings.stateDirectory])
      await telemetry.flush()
      for line in text.lines { try console.print(line) }
      if let failure = text.failure { throw failure }
      return .done
    } catch {
      await telemetry.flush()
      throw error
    }
  }

  /// The agent's own log; on a terminal it takes the place of the progress line, which is drawn again below it.
  private static func ownLog(_ settings: Settings, _ console: Console, _ clock: SystemClock) -> ConsoleTelemetry {
    let (level, format) = (settings[TailSettings.logLevel], settings[TailSettings.logFormat])
    guard console.error.isTerminal else { return ConsoleTelemetry(level: level, format: format, clock: clock) }
    return ConsoleTelemetry(level: level, format: format, clock: clock) { bytes in
      console.draw("\r\u{1b}[2K" + String(decoding: bytes, as: UTF8.self))
    }
  }
}
