import Composition
import Domain

/// What `cordwood-agent import` can be told.
enum ImportSettings {
  private static let fields = JSONLineFields()

  static let service = Setting<ServiceName?>(
    "CORDWOOD_SERVICE", .service, otherwise: "each line must name one", "Service of the lines that name none.")
  static let skipBadLines = Setting(
    "CORDWOOD_SKIP_BAD_LINES", .onOff, default: false,
    "Counts lines that are no events and goes on, rather than stop at the first one.")
  static let timestampField = Setting(
    "CORDWOOD_TIMESTAMP_FIELD", .fieldNames, default: fields.timestamp,
    "Fields that hold the time, the preferred one first: RFC 3339, or a number since 1970 in s, ms, us or ns.")
  static let serviceField = Setting(
    "CORDWOOD_SERVICE_FIELD", .fieldNames, default: fields.service, "Fields that hold the service.")
  static let messageField = Setting(
    "CORDWOOD_MESSAGE_FIELD", .fieldNames, default: fields.message, "Fields that hold the message.")
  static let levelField = Setting(
    "CORDWOOD_LEVEL_FIELD", .fieldNames, default: fields.level, "Fields that hold the level.")
  static let traceField = Setting(
    "CORDWOOD_TRACE_FIELD", .fieldNames, default: fields.traceID, "Fields that hold the trace id, in hexadecimal.")
  static let spanField = Setting(
    "CORDWOOD_SPAN_FIELD", .fieldNames, default: fields.spanID, "Fields that hold the span id, in hexadecimal.")

  static let all: [any DeclaredSetting] = [
    AgentSettings.server, AgentSettings.tenant, service, AgentSettings.stateDirectory, skipBadLines, timestampField,
    serviceField, messageField, levelField, traceField, spanField,
  ]
}
