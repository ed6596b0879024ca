import Composition
import FoundationEssentials
import Transport

/// Asks the query service for pages.
struct QueryClient {
  /// A query over cold data may take long; a server that says nothing for this long is not going to.
  static let deadline = Duration.seconds(120)

  let server: ServerAddress
  /// Started; carries one connection a page.
  let loop: EventLoop

  /// - Throws: `QueryFailure`, or `CancellationError` if the task is cancelled.
  func page(_ request: QueryRequestBody) async throws -> QueryPage {
    let head = HTTPRequestHead(
      method: "POST", target: "/v1/query", version: .http1_1,
      fields: ["content-type": "application/json", "accept": "application/json"])
    let (answer, body) = try await send(head, body: Array(try JSONEncoder().encode(request)))
    guard answer.status == 200 else { throw failure(status: answer.status, body) }
    do {
      return try QueryPage(body)
    } catch let error as DecodingError {
      throw QueryFailure.unexpectedAnswer(error.words)
    }
  }

  private func send(_ head: HTTPRequestHead, body: [UInt8]) async throws -> (HTTPResponseHead, [UInt8]) {
    do throws(TransportError) {
      return try await HTTP1Client.send(
        host: server.endpoint.host, port: Int(server.endpoint.port), head: head, body: body, deadline: Self.deadline,
        loop: loop)
    } catch {
      switch error {
      case .cancelled: throw CancellationError()
      case .cannotConnect(let detail), .timedOut(let detail), .closedByPeer(let detail):
        throw QueryFailure.unreachable(server, reason: detail)
      case .protocolViolation(let detail): throw QueryFailure.unexpectedAnswer(detail)
      case .portTaken, .cannotListen, .misuse: throw error
      }
    }
  }

  private func failure(status: Int, _ body: [UInt8]) -> QueryFailure {
    guard let problem = try? JSONDecoder().decode(ProblemText.self, from: Data(body)) else {
      return .unexpectedAnswer("\(server) says status \(status)")
    }
    return .refused(detail: problem.text)
  }
}
