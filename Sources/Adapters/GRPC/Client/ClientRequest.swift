import Domain
import Transport

/// The head of a call.
enum ClientRequest {
  /// The head of an agent's call for a tenant.
  static func head(_ path: String, to server: ServerAddress, tenant: TenantID, timeout: Duration? = nil)
    -> HTTPRequestHead
  {
    var head = head(path, to: server, userAgent: "cordwood-agent", timeout: timeout)
    head.fields.append(TenantID.metadataKey, PercentEncoding.encode(tenant.text))
    return head
  }

  /// The head of any call, to which its metadata is added.
  static func head(_ path: String, to server: ServerAddress, userAgent: String, timeout: Duration?)
    -> HTTPRequestHead
  {
    var fields: HTTPFields = [
      "te": "trailers", "content-type": "application/grpc", "grpc-accept-encoding": "identity",
      "user-agent": userAgent,
    ]
    if let timeout { fields.append("grpc-timeout", GRPCTimeout.text(timeout)) }
    return HTTPRequestHead(method: "POST", target: path, authority: server.description, fields: fields)
  }

  /// One request, one response.
  static func unary(_ message: [UInt8], _ head: HTTPRequestHead, on client: HTTP2Client) async throws(GRPCStatus)
    -> [UInt8]
  {
    let stream = try await send(message, head, on: client)
    let messages = try await ClientAnswer.begin(stream)
    var response: [UInt8]?
    while let message = try await messages.next() { response = message }
    let status = ClientAnswer.status(stream)
    guard status.code == .ok, let response else { throw status }
    return response
  }

  /// Sends the one request of a call; its answer is still to be read.
  static func send(_ message: [UInt8], _ head: HTTPRequestHead, on client: HTTP2Client) async throws(GRPCStatus)
    -> HTTP2ClientStream
  {
    let stream: HTTP2ClientStream
    do throws(TransportError) { stream = try await client.open(head) } catch { throw GRPCStatus(error) }
    do throws(TransportError) {
      try await stream.write(MessageDeframer.prefix(length: message.count) + message)
    } catch {
      // A server that answered already wants no more of the request; its answer, which is read next, says why.
    }
    stream.finish()
    return stream
  }
}
