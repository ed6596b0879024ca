import Application
import Composition
import Domain

/// The settings of `cordwood query`.
enum QuerySettings {
  static let server = Setting(
    "CORDWOOD_SERVER", .serverAddress, default: ServerAddress.local, "Where the query service is.")
  static let tenant = Setting(
    "CORDWOOD_TENANT", .text("TENANT"), default: TenantID.default.text, "Whose events to look through.")
  static let service = Setting<String?>(
    "CORDWOOD_SERVICE", .text("SERVICE"), otherwise: "all services", "Only events of this service.")
  static let level = Setting<Level?>("CORDWOOD_LEVEL", .choice, otherwise: "all levels", "Only events of this level.")
  static let minLevel = Setting<Level?>(
    "CORDWOOD_MIN_LEVEL", .choice, otherwise: "all levels", "Only events of this level or a graver one.")
  static let contains = Setting<String?>(
    "CORDWOOD_CONTAINS", .text("TEXT"), otherwise: "any message",
    "Only events whose message holds this text, exactly and in the same case.")
  static let trace = Setting<String?>(
    "CORDWOOD_TRACE_ID", .text("ID", "32 hexadecimal digits"), otherwise: "any trace", "Only events of this trace.")
  static let from = Setting<TimeArgument?>(
    "CORDWOOD_FROM", .time, otherwise: "the oldest event", "Only events at this time or later.")
  static let to = Setting<TimeArgument?>(
    "CORDWOOD_TO", .time, otherwise: "now and later", "Only events before this time.")
  static let limit = Setting(
    "CORDWOOD_LIMIT", .count(in: 1...100_000_000), default: EventRequest.defaultLimit,
    "How many events to print at most, the newest ones; above \(EventRequest.maximumLimit) they come in several pages.")
  static let cursor = Setting<String?>(
    "CORDWOOD_CURSOR", .text("CURSOR"), otherwise: "the newest event",
    "Go on where an earlier query ended, which printed this; all other settings as they were.")
  static let output = Setting<QueryOutput?>(
    "CORDWOOD_OUTPUT", .choice, otherwise: "text on a terminal, else json", "How to print events.")

  static let all: [any DeclaredSetting] = [
    server, tenant, service, level, minLevel, contains, trace, from, to, limit, cursor, output,
  ]
}
