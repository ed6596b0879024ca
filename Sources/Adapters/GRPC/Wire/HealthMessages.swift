import Domain

/// The messages of `grpc.health.v1`.
enum HealthMessages {
  /// The service that a `HealthCheckRequest` asks about; empty for the whole process.
  static func service(checkRequest bytes: Span<UInt8>) throws(DecodingError) -> String {
    try WireText.lastText(HealthFields.HealthCheckRequest.service, of: bytes, 0..<bytes.count)
  }

  static func checkResponse(_ status: HealthStatus) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(tag: HealthFields.HealthCheckResponse.status, nonZero: status.wire)
    return bytes
  }

  static func listResponse(_ statuses: [(service: String, status: HealthStatus)]) -> [UInt8] {
    var bytes: [UInt8] = []
    for (service, status) in statuses {
      var entry: [UInt8] = []
      entry.append(tag: HealthFields.HealthListResponse.StatusesEntry.key, text: service)
      entry.append(tag: HealthFields.HealthListResponse.StatusesEntry.value, message: checkResponse(status))
      bytes.append(tag: HealthFields.HealthListResponse.statuses, message: entry)
    }
    return bytes
  }
}
