import Application
import Domain

extension EventRequest {
  private static let fields = [
    "tenant_id", "service", "from_ts", "to_ts", "level", "min_level", "contains", "trace_id", "limit", "cursor",
  ]

  /// Reads the body of `POST /v1/query`.
  ///
  /// The range of `limit` and what a cursor may be are the use case's to judge.
  ///
  /// - Parameter header: The tenant that the header names.
  init(json bytes: [UInt8], header: TenantID?) throws(Problem) {
    let object = try RequestObject(bytes, fields: Self.fields)
    var request = EventRequest(tenant: try Self.tenant(object.string("tenant_id"), header: header))
    request.service = try Self.service(object)
    request.predicate = try Self.predicate(object)
    if let limit = try object.integer("limit") { request.limit = Int(limit) }
    request.cursor = try object.string("cursor")
    self = request
  }

  static func service(_ object: RequestObject) throws(Problem) -> ServiceName? {
    guard let name = try object.string("service") else { return nil }
    do throws(NameError) { return try ServiceName(name) } catch {
      throw Problem(.invalidRequest, "service: \(error)", field: "service")
    }
  }

  static func predicate(_ object: RequestObject) throws(Problem) -> EventPredicate {
    EventPredicate(
      range: try range(object), severities: try severities(object),
      contains: Array((try object.string("contains") ?? "").utf8),
      traceID: try object.value("trace_id", "32 hexadecimal digits, not all zero", TraceID.init(hexadecimal:)))
  }

  /// What body and header agree on, or the one that is given; `default` without either.
  static func tenant(_ name: String?, header: TenantID?) throws(Problem) -> TenantID {
    guard let name else { return header ?? .default }
    let tenant = try tenant(named: name, field: "tenant_id")
    if let header, header != tenant {
      throw Problem(
        .tenantConflict, "tenant_id and the header X-Tenant-ID name different tenants: leave one of them out",
        field: "tenant_id")
    }
    return tenant
  }

  static func tenant(named name: String, field: String) throws(Problem) -> TenantID {
    do throws(NameError) { return try TenantID(name) } catch {
      throw Problem(.invalidRequest, "\(field): \(error)", field: field)
    }
  }

  private static func range(_ object: RequestObject) throws(Problem) -> TimeRange {
    let start = try time("from_ts", object) ?? .distantPast
    let end = try time("to_ts", object) ?? .distantFuture
    guard start <= end else {
      throw Problem(.invalidRequest, "to_ts is before from_ts: the range is [from_ts, to_ts)", field: "to_ts")
    }
    return TimeRange(from: start, to: end)
  }

  private static func time(_ field: String, _ object: RequestObject) throws(Problem) -> Timestamp? {
    guard let milliseconds = try object.integer(field) else { return nil }
    guard let time = Timestamp(milliseconds: milliseconds) else {
      throw Problem(
        .invalidRequest,
        "\(field) is \(milliseconds): expected milliseconds since 1970 within the years 1678 to 2261; are these nanoseconds?",
        field: field)
    }
    return time
  }

  private static func severities(_ object: RequestObject) throws(Problem) -> ClosedRange<UInt8> {
    let expectation = "one of \(Level.allCases.map(\.rawValue).joined(separator: ", "))"
    let exact = try object.value("level", expectation, level)
    let least = try object.value("min_level", expectation, level)
    guard let least else { return exact?.severities ?? EventPredicate.anySeverity }
    guard let exact else { return least.severities.lowerBound...EventPredicate.anySeverity.upperBound }
    guard exact.severities.lowerBound >= least.severities.lowerBound else {
      throw Problem(
        .invalidRequest, "min_level \(least.rawValue) is above level \(exact.rawValue): no event fits both",
        field: "min_level")
    }
    return exact.severities
  }

  /// One of the six levels, whatever the case, or another name that stands for the whole of one: `warning`, but not
  /// `notice`, which is a single number within INFO.
  private static func level(_ name: String) -> Level? {
    if let level = Level(name: name) { return level }
    guard let severity = Severity(name: name), let level = severity.level,
      level.severities.lowerBound == severity.number
    else { return nil }
    return level
  }
}
