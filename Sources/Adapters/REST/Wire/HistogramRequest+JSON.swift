import Application
import Domain

extension HistogramRequest {
  private static let fields = [
    "tenant_id", "service", "from_ts", "to_ts", "level", "min_level", "contains", "trace_id", "buckets",
  ]

  /// Reads the body of `POST /v1/histogram`: the filters of a query, and how many buckets.
  ///
  /// - Parameter header: The tenant that the header names.
  init(json bytes: [UInt8], header: TenantID?) throws(Problem) {
    let object = try RequestObject(bytes, fields: Self.fields)
    self.init(
      tenant: try EventRequest.tenant(object.string("tenant_id"), header: header),
      service: try EventRequest.service(object), predicate: try EventRequest.predicate(object))
    if let buckets = try object.integer("buckets") { self.buckets = Int(buckets) }
  }
}
