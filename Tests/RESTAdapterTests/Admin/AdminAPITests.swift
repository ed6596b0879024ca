import Application
import DeadLetterOperationsContract
import TestSupport
import Testing
import Threads
import Transport

@testable import RESTAdapter

@Suite("The operators' addresses", .timeLimit(.minutes(1)))
struct AdminAPITests {
  private static let token = "0123456789abcdef0123456789abcdef"

  private func answer(_ exchange: FakeExchange) async -> FakeExchange.Outcome {
    let stage = DeadLetterOperationsStage.useCase { $0 }
    let endpoint = MetricsEndpoint(
      exposition: { [] }, health: FixedHealth(problems: []),
      admin: AdminAPI(token: Self.token, deadLetters: stage.operations, index: NoIndex(), pool: TestService.pool),
      pool: TestService.pool,
      telemetry: TelemetryLog(), clock: StoppedClock())
    await endpoint.handle(exchange)
    return exchange.outcome
  }

  private func post(_ fields: HTTPFields, _ body: String = "{}") -> FakeExchange {
    FakeExchange("POST", AdminPath.deadLetterList.description, fields, body: [Array(body.utf8)])
  }

  @Test("answer who knows the token, whatever the case of the scheme", arguments: ["Bearer", "bearer"])
  func known(scheme: String) async {
    let outcome = await answer(post(["authorization": "\(scheme) \(Self.token)"]))
    #expect(outcome.head?.status == 200)
    #expect(outcome.text == #"{"letters":[],"next":null}"#)
  }

  @Test(
    "answer 401 to everybody else",
    arguments: [
      [:], ["authorization": "Bearer"], ["authorization": "Bearer "], ["authorization": "Basic \(token)"],
      ["authorization": "Bearer \(token)0"], ["authorization": "Bearer \(token.dropLast())"],
      ["authorization": "Bearer \(token.dropLast())e"], ["authorization": token],
      .twice("authorization", "Bearer \(token)", "x"),
    ] as [HTTPFields])
  func unknown(fields: HTTPFields) async throws {
    let outcome = await answer(post(fields))
    let problem = try ProblemDocument(outcome)
    #expect(problem.status == 401)
    #expect(problem.code == "unauthorized")
    #expect(outcome.head?.fields["www-authenticate"] == "Bearer realm=\"cordwood\"")
    #expect(!outcome.text.contains(Self.token))
  }

  @Test("refuse a body that is too large, or says what cannot be meant")
  func body() async throws {
    let fields: HTTPFields = ["authorization": "Bearer \(Self.token)"]
    let large = await answer(post(fields, "{\"reason\": \"\(String(repeating: "x", count: 40_000))\"}"))
    #expect(try ProblemDocument(large).code == "body_too_large")
    for (body, field) in [
      (#"{"reason": "bad-mood"}"#, "reason"), (#"{"limit": 0}"#, "limit"), (#"{"limit": 1001}"#, "limit"),
      (#"{"tenant": "_x"}"#, "tenant"), (#"{"from_ns": "2", "to_ns": "1"}"#, "to_ns"),
      (#"{"position": "-1"}"#, "position"),
      (#"{"numbers": "1,,2"}"#, "numbers"), (#"{"numbers": "one"}"#, "numbers"),
    ] {
      let problem = try ProblemDocument(await answer(post(fields, body)))
      #expect(problem.code == "invalid_request")
      #expect(problem.field == field)
    }
  }

  @Test("take force as JSON has it, true or false, and no text")
  func force() async throws {
    let request = try DeadLetterChangeRequest(json: Array(#"{"force": true}"#.utf8))
    #expect(request.isForced)
    #expect(try DeadLetterChangeRequest(json: request.json).isForced)
    #expect(try !DeadLetterChangeRequest(json: Array("{}".utf8)).isForced)
    let problem = #expect(throws: Problem.self) { try DeadLetterChangeRequest(json: Array(#"{"force": "true"}"#.utf8)) }
    #expect(problem?.field == "force")
  }
}

extension HTTPFields {
  /// A header that is there twice.
  fileprivate static func twice(_ name: String, _ values: String...) -> HTTPFields {
    var fields = HTTPFields()
    for value in values { fields.append(name, value) }
    return fields
  }
}
