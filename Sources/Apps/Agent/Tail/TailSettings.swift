import Composition
import ConsoleAdapter
import Domain

/// What `cordwood-agent tail` can be told.
enum TailSettings {
  static let service = Setting<ServiceName?>(
    "CORDWOOD_SERVICE", .service, otherwise: "the file's name without its ending: app for app.log and app.log.1",
    "Service of the lines that name none.")
  static let startAt = Setting(
    "CORDWOOD_START_AT", .choice, default: StartAt.beginning,
    "Where a file is begun that was never seen before; those that appear later always at their beginning.")
  static let exclude = Setting<[String]?>(
    "CORDWOOD_EXCLUDE", .pathPatterns, otherwise: "nothing", "Files to leave out, though a PATH names them.")
  static let attributes = Setting<[Attribute]?>(
    "CORDWOOD_ATTRIBUTE", .attributes, otherwise: "none", "Attributes that every event gets.")
  static let pathPattern = Setting<FileNamePattern?>(
    "CORDWOOD_PATH_PATTERN", .fileNamePattern, otherwise: "none",
    "Takes attributes from the file's path: {service}-{instance}.log; {service} is the service.")
  static let format = Setting(
    "CORDWOOD_FORMAT", .choice, default: EventReaderOptions.Format.auto,
    "How lines are understood; auto takes each as what it looks like.")
  static let multiline = Setting<MultilineChoice?>(
    "CORDWOOD_MULTILINE", .multiline, otherwise: "off",
    "Joins lines into one event: indented ones and stack traces to the line before, or all up to one that matches.")
  static let multilineTimeout = Setting(
    "CORDWOOD_MULTILINE_TIMEOUT", .duration(in: .milliseconds(100)...(.seconds(3_600))), default: .seconds(1),
    "How long an event of several lines waits for another one.")
  static let zone = Setting(
    "CORDWOOD_ZONE", .zone, default: 0, "Zone of times that name none.")
  static let partialLineTimeout = Setting(
    "CORDWOOD_PARTIAL_LINE_TIMEOUT", .duration(in: .milliseconds(100)...(.seconds(3_600))), default: .seconds(5),
    "How long a line without its end waits for the rest before it is sent as it is.")
  static let batchWait = Setting(
    "CORDWOOD_BATCH_WAIT", .duration(in: .zero...(.seconds(60))), default: .milliseconds(100),
    "How long to gather lines before they are sent together.")
  static let findInterval = Setting(
    "CORDWOOD_FIND_INTERVAL", .duration(in: .milliseconds(100)...(.seconds(3_600))), default: .seconds(10),
    "How often to look at all files, beside being told of changes: what network file systems need.")
  static let copySettle = Setting(
    "CORDWOOD_COPY_SETTLE", .duration(in: .zero...(.seconds(3_600))), default: .seconds(10),
    "How long a new file that begins like a known one is held, for it may be a rotation's copy of it.")
  static let maximumOpenFiles = Setting(
    "CORDWOOD_MAX_OPEN_FILES", .count(in: 8...100_000), default: 512,
    "Files kept open at most: an open file can be read to its end though it is deleted.")
  static let spoolSize = Setting(
    "CORDWOOD_SPOOL_SIZE", .byteCount(in: (1 << 20)...(1 << 30)), default: 16 << 20,
    "Bytes of unacknowledged batches, on disk and in memory, at which reading stops.")
  static let stopTimeout = Setting(
    "CORDWOOD_STOP_TIMEOUT", .duration(in: .zero...(.seconds(600))), default: .seconds(3),
    "How long to wait at the end for answers to what was sent; the rest is sent by the next run.")
  /// Not METRICS_PORT: a server beside it with the same environment has that.
  static let metricsPort = Setting<UInt16?>(
    "CORDWOOD_METRICS_PORT", .port, otherwise: "off; 8084 is the usual one",
    "Port of /metrics and the health endpoints.")
  static let address = Setting(
    "LISTEN_ADDRESS", .address, default: "127.0.0.1", "Address of the metrics port.")
  static let logLevel = Setting("LOG_LEVEL", .choice, default: LogLevel.info, "What the agent's own log says at least.")
  static let logFormat = Setting(
    "LOG_FORMAT", .choice, default: LogFormat.text, "How the agent's own log is written to standard error.")

  static let all: [any DeclaredSetting] = [
    AgentSettings.server, AgentSettings.tenant, service, AgentSettings.stateDirectory, startAt, exclude, attributes,
    pathPattern, format, multiline, multilineTimeout, zone, partialLineTimeout, batchWait, findInterval, copySettle,
    maximumOpenFiles, spoolSize, stopTimeout, metricsPort,
    address, logLevel, logFormat,
  ]
}
