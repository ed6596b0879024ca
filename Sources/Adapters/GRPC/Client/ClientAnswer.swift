import Transport

/// The answer to a call, as the client reads it.
enum ClientAnswer {
  /// Answers are short; anything longer is not our server.
  private static let maximumMessageBytes = 4 << 20

  /// Waits for the head.
  ///
  /// - Throws: The status, if the answer has no messages; `.unavailable` for one that is no gRPC.
  static func begin(_ stream: HTTP2ClientStream) async throws(GRPCStatus) -> MessageReader {
    let head: HTTPResponseHead
    do throws(TransportError) { head = try await stream.response() } catch { throw GRPCStatus(error) }
    if let status = GRPCStatus(head.fields) { throw status }
    guard head.status == 200, head.fields["content-type"]?.hasPrefix("application/grpc") == true else {
      throw GRPCStatus(
        .unavailable, "the server answered HTTP \(head.status) without gRPC: is this a gRPC port of ours?")
    }
    return MessageReader(limit: maximumMessageBytes) { () throws(TransportError) in try await stream.read() }
  }

  /// The status in the trailers, once all messages are read.
  static func status(_ stream: HTTP2ClientStream) -> GRPCStatus {
    GRPCStatus(stream.trailers) ?? GRPCStatus(.unknown, "the server ended the call without a status")
  }
}
