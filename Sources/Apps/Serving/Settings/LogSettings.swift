package import Composition
package import ConsoleAdapter

/// What a process says about itself.
package enum LogSettings {
  package static let level = Setting(
    "LOG_LEVEL", .choice, default: LogLevel.info, "What the server's own log says at least.")
  package static let format = Setting(
    "LOG_FORMAT", .choice, default: LogFormat.text, "How the server's own log is written to standard error.")
}
