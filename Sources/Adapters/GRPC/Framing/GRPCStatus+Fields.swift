import Domain
import Transport

extension GRPCStatus {
  /// The status as trailer fields.
  var fields: HTTPFields {
    var fields: HTTPFields = ["grpc-status": String(code.rawValue)]
    if !message.isEmpty { fields.append("grpc-message", PercentEncoding.encode(message)) }
    if let retryAfter { fields.append("grpc-retry-pushback-ms", String(max(retryAfter.wholeMilliseconds, 0))) }
    return fields
  }

  /// The status that an answer's trailers (or head, for an answer without a body) say; nil if they say none.
  init?(_ fields: HTTPFields) {
    guard let text = fields["grpc-status"] else { return nil }
    let code = Int(text).flatMap(Code.init(rawValue:)) ?? .unknown
    var retryAfter: Duration?
    if let milliseconds = fields["grpc-retry-pushback-ms"].flatMap({ Int64($0) }), milliseconds >= 0 {
      retryAfter = .milliseconds(milliseconds)
    }
    self.init(code, PercentEncoding.decode(fields["grpc-message"] ?? ""), retryAfter: retryAfter)
  }
}
