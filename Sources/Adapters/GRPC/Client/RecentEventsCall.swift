import Application
import Domain
import Transport

/// One question to one processor.
struct RecentEventsCall: Sendable {
  let question: RecentQuestion
  let server: ServerAddress
  let secret: ClusterSecret?
  /// After which the processor need not answer any more.
  let timeout: Duration
  let maximumAnswerBytes: Int

  /// Reads the whole answer. However this ends, the processor need not go on: the stream is over.
  func answer(on client: HTTP2Client) async throws(GRPCStatus) -> RecentAnswer {
    let stream = try await ClientRequest.send(question.encoded, head, on: client)
    defer { stream.cancel() }
    let messages = try await ClientAnswer.begin(stream)
    var reader = RecentAnswerReader(question, limit: maximumAnswerBytes)
    while let message = try await messages.next() { try reader.take(message) }
    let status = ClientAnswer.status(stream)
    guard status.code == .ok else { throw status }
    return try reader.finish()
  }

  private var head: HTTPRequestHead {
    var head = ClientRequest.head(
      "/\(RecentEventsService.name)/Recent", to: server, userAgent: "cordwood-query", timeout: timeout)
    if let secret { head.fields.append("authorization", secret.authorization) }
    return head
  }
}
