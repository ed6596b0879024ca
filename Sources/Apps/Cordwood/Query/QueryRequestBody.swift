import Composition
import Domain

/// The body of `POST /v1/query` as this command fills it.
struct QueryRequestBody: Encodable, Equatable, Sendable {
  var tenant: String
  var service: String?
  /// Epoch milliseconds.
  var from: Int64?
  var to: Int64?
  var level: String?
  var minLevel: String?
  var contains: String?
  var trace: String?
  var limit = 0
  var cursor: String?

  enum CodingKeys: String, CodingKey {
    case tenant = "tenant_id"
    case service
    case from = "from_ts"
    case to = "to_ts"
    case level
    case minLevel = "min_level"
    case contains
    case trace = "trace_id"
    case limit, cursor
  }

  /// - Throws: If the times are the wrong way round, which only shows once both are known.
  init(_ settings: Settings, now: Timestamp) throws(UsageError) {
    let start = settings[QuerySettings.from]?.timestamp(now: now)
    let end = settings[QuerySettings.to]?.timestamp(now: now)
    if let start, let end, end < start {
      throw UsageError(
        "--to (CORDWOOD_TO) is \(RFC3339.text(end)): expected a time after --from, \(RFC3339.text(start))")
    }
    tenant = settings[QuerySettings.tenant]
    service = settings[QuerySettings.service]
    from = start.map { Self.milliseconds($0, roundingUp: false) }
    to = end.map { Self.milliseconds($0, roundingUp: true) }
    level = settings[QuerySettings.level]?.rawValue
    minLevel = settings[QuerySettings.minLevel]?.rawValue
    contains = settings[QuerySettings.contains]
    trace = settings[QuerySettings.trace]
    cursor = settings[QuerySettings.cursor]
  }

  /// Outwards, so that an event at the nanosecond that was asked for is not lost.
  private static func milliseconds(_ time: Timestamp, roundingUp: Bool) -> Int64 {
    let (quotient, remainder) = time.nanoseconds.quotientAndRemainder(dividingBy: 1_000_000)
    if remainder > 0, roundingUp { return quotient + 1 }
    return remainder < 0 && !roundingUp ? quotient - 1 : quotient
  }
}
