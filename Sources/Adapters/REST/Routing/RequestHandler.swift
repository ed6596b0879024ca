import Application
import Transport

/// Takes a request from its route to its answer, and tells telemetry how it ended.
struct RequestHandler: Sendable {
  /// What is recorded where the client left before its answer was complete, as nginx does.
  static let clientClosedRequest = 499

  let router: RequestRouter
  let sender: AnswerSender
  let door: FrontDoor
  let telemetry: any Telemetry
  let clock: any WallClock

  func handle(_ exchange: any HTTPExchange) async {
    let start = clock.elapsed()
    let (route, answer) = await answer(exchange)
    let status = await send(answer, on: exchange)
    telemetry.record(
      .requestAnswered(protocol: door, route: route, status: status, duration: clock.elapsed() - start))
  }

  /// - Returns: The route's name; nil for an answer where nobody waits for one.
  private func answer(_ exchange: any HTTPExchange) async -> (StaticString, Answer?) {
    let request: Request
    do throws(Problem) { request = try Request(exchange) } catch { return ("other", error.answer) }
    let match = router.match(method: exchange.request.method, path: request.target.path)
    switch match.endpoint {
    case .failure(let problem): return (match.name, problem.answer)
    case .success(let endpoint):
      do throws(RequestFailure) {
        return (match.name, try await endpoint.answer(request))
      } catch {
        switch error {
        case .problem(let problem): return (match.name, problem.answer)
        case .connection, .cancelled: return (match.name, nil)
        }
      }
    }
  }

  /// - Returns: The status that was sent, or `clientClosedRequest`.
  private func send(_ answer: Answer?, on exchange: any HTTPExchange) async -> Int {
    guard let answer else {
      exchange.abort()
      return Self.clientClosedRequest
    }
    do throws(TransportError) {
      try await sender.send(answer, on: exchange)
      return answer.status
    } catch {
      exchange.abort()
      return Self.clientClosedRequest
    }
  }
}
