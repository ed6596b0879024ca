import Domain
import Transport

/// The head of a call.
enum ClientRequest {
  static func head(_ path: String, to server: ServerAddress, tenant: TenantID, timeout: Duration? = nil)
    -> HTTPRequestHead
  {
    var fields: HTTPFields = [
      "te": "trailers", "content-type": "application/grpc", "grpc-accept-encoding": "identity",
      "user-agent": "cordwood-agent", TenantID.metadataKey: PercentEncoding.encode(tenant.text),
    ]
    if let timeout { fields.append("grpc-timeout", "\(max(timeout.wholeMilliseconds, 1))m") }
    return HTTPRequestHead(method: "POST", target: path, authority: server.description, fields: fields)
  }

  /// One request, one response.
  static func unary(_ message: [UInt8], _ head: HTTPRequestHead, on client: HTTP2Client) async throws(GRPCStatus)
    -> [UInt8]
  {
    let stream: HTTP2ClientStream
    do throws(TransportError) {
      stream = try await client.open(head)
      try await stream.write(MessageDeframer.prefix(length: message.count) + message)
      stream.finish()
    } catch { throw GRPCStatus(error) }
    let messages = try await ClientAnswer.begin(stream)
    var response: [UInt8]?
    while let message = try await messages.next() { response = message }
    let status = ClientAnswer.status(stream)
    guard status.code == .ok, let response else { throw status }
    return response
  }
}
