/// Which fields of a JSON line are what of an event; every other field becomes an attribute.
///
/// A name is a top-level key, or a path of keys joined by dots (`kubernetes.labels.app`). Of several names that a line has
/// the first one listed counts, and the others become attributes.
package struct JSONLineFields: Hashable, Sendable {
  package enum Role: Int, CaseIterable, Sendable {
    case timestamp, service, message, level, traceID, spanID

    /// What a message calls it.
    package var word: String {
      switch self {
      case .timestamp: "time"
      case .service: "service"
      case .message: "message"
      case .level: "level"
      case .traceID: "trace id"
      case .spanID: "span id"
      }
    }
  }

  /// How values are to be understood where JSON leaves it open.
  package enum Dialect: Sendable {
    case plain
    /// As `journalctl --output=json` writes: a level of one digit is a syslog severity (0 emerg to 7 debug), a message that
    /// is an array of numbers is those bytes, and keys that begin with two underscores are no attributes (systemd.journal-fields(7),
    /// "address fields").
    case journald
  }

  /// A text is RFC 3339. A number counts from 1970 in the unit that its name ends with (`_ns`, `_us`, `_ms`, `_s`), else in
  /// the one that its magnitude tells.
  package var timestamp = ["timestamp", "timestamp_ns", "time", "ts"]
  package var service = ["service"]
  package var message = ["message", "msg"]
  package var level = ["level", "severity"]
  package var traceID = ["trace_id"]
  package var spanID = ["span_id"]
  package var dialect = Dialect.plain

  package init() {}

  /// The fields of systemd's journal. The service is what a program calls itself in the log, else its unit.
  package static var journald: JSONLineFields {
    var fields = JSONLineFields()
    fields.timestamp = ["__REALTIME_TIMESTAMP"]
    fields.service = ["SYSLOG_IDENTIFIER", "_SYSTEMD_UNIT", "_COMM"]
    fields.message = ["MESSAGE"]
    fields.level = ["PRIORITY"]
    fields.dialect = .journald
    return fields
  }

  package subscript(role: Role) -> [String] {
    switch role {
    case .timestamp: timestamp
    case .service: service
    case .message: message
    case .level: level
    case .traceID: traceID
    case .spanID: spanID
    }
  }
}
