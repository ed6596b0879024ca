import Application
import Domain
import EventQueryContract
import Testing
import Transport

@testable import RESTAdapter

@Suite("The other addresses", .timeLimit(.minutes(1)))
struct OtherEndpointTests {
  @Test("lists the services of the tenant that parameter or header names")
  func services() async {
    let query = ReferenceEventQuery()
    await query.load(EventCorpus.mixed)
    let service = TestService(query)
    let exchanges = [
      FakeExchange("GET", "/v1/services?tenant_id=tenant-1"), FakeExchange("GET", "/v1/services?tenant_id=tenant%2D1"),
      FakeExchange("GET", "/v1/services", ["x-tenant-id": "tenant-1"]),
      FakeExchange("GET", "http://localhost:8080/v1/services?tenant_id=tenant-1"),
    ]
    for exchange in exchanges {
      #expect(
        await service.answer(exchange).text
          == #"{"services":["api-service","web"],"complete":true,"incomplete_because":[]}"#)
    }
    #expect(
      await service.answer(FakeExchange("GET", "/v1/services")).text
        == #"{"services":[],"complete":true,"incomplete_because":[]}"#)
  }

  @Test(
    "refuses parameters that are unknown, doubled or malformed",
    arguments: [
      ("tenant=a", "unknown_field", "tenant"), ("tenant_id=a&tenant_id=b", "invalid_request", "tenant_id"),
      ("tenant_id=", "invalid_request", "tenant_id"), ("tenant_id=%zz", "invalid_request", nil),
      ("tenant_id=%C3", "invalid_request", nil), ("tenant_id=a%0Ab", "invalid_request", "tenant_id"),
    ] as [(String, String, String?)])
  func badParameters(query: String, code: String, field: String?) async throws {
    let outcome = await TestService().answer(FakeExchange("GET", "/v1/services?\(query)"))
    #expect(try ProblemDocument(outcome) == ProblemDocument(status: 400, code: code, field: field))
  }

  @Test("is alive whatever is missing, and ready when nothing is")
  func health() async throws {
    let whole = TestService()
    #expect(await whole.answer(FakeExchange("GET", "/health/live")).text == #"{"status":"alive"}"#)
    #expect(await whole.answer(FakeExchange("GET", "/health/ready")).text == #"{"status":"ready"}"#)
    let broken = TestService(problems: ["no index", "no log"])
    #expect(await broken.answer(FakeExchange("GET", "/health/live")).head?.status == 200)
    let outcome = await broken.answer(FakeExchange("GET", "/health/ready"))
    #expect(try ProblemDocument(outcome) == ProblemDocument(status: 503, code: "not_ready"))
    let missing = try JSONReader.read(outcome.body)["problems"]?.elements
    #expect(missing?.compactMap(\.string) == ["no index", "no log"])
    #expect(outcome.head?.fields["retry-after"] == "2")
  }

  @Test(
    "refuses methods that an address does not take, and says which it takes",
    arguments: [
      ("GET", "/v1/query", "POST"), ("DELETE", "/v1/services", "GET, HEAD"), ("POST", "/", "GET, HEAD"),
      ("post", "/v1/query", "POST"),
    ])
  func methods(method: String, path: String, allow: String) async throws {
    let service = TestService()
    let outcome = await service.answer(FakeExchange(method, path))
    #expect(try ProblemDocument(outcome) == ProblemDocument(status: 405, code: "method_not_allowed"))
    #expect(outcome.head?.fields["allow"] == allow)
    #expect(service.telemetry.lines == ["http \(path) 405"])
  }

  @Test(
    "has nothing elsewhere", arguments: ["/v1/query/", "/v2/query", "/v1/%71uery", "*", "/metrics", "/../etc/passwd"])
  func nothing(target: String) async throws {
    let service = TestService()
    let outcome = await service.answer(FakeExchange("GET", target))
    #expect(try ProblemDocument(outcome) == ProblemDocument(status: 404, code: "not_found"))
    #expect(service.telemetry.lines == ["http other 404"])
  }

  @Test("answers HEAD with the length of what GET would send", arguments: ["/", "/health/live", "/v1/services"])
  func head(target: String) async {
    let service = TestService()
    let get = await service.answer(FakeExchange("GET", target))
    let head = await service.answer(FakeExchange("HEAD", target))
    #expect(head.head == get.head)
    #expect(head.head?.contentLength == get.body.count)
  }

  @Test("tells who opens the root what there is")
  func hint() async {
    let outcome = await TestService().answer(FakeExchange("GET", "/"))
    #expect(outcome.head?.fields["content-type"] == "text/plain; charset=utf-8")
    #expect(outcome.text.contains("POST /v1/query"))
  }

  @Test("serves metrics and health on the metrics port, and nothing else")
  func metrics() async throws {
    let telemetry = TelemetryLog()
    let endpoint = MetricsEndpoint(
      exposition: { Array("cordwood_up 1\n".utf8) }, health: FixedHealth(problems: []), pool: TestService.pool,
      telemetry: telemetry, clock: StoppedClock())
    let exchanges = ["/metrics", "/health/live", "/health/ready", "/v1/services"].map { FakeExchange("GET", $0) }
    for exchange in exchanges { await endpoint.handle(exchange) }
    #expect(exchanges[0].outcome.text == "cordwood_up 1\n")
    #expect(exchanges[0].outcome.head?.fields["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
    #expect(
      telemetry.lines == [
        "metrics /metrics 200", "metrics /health/live 200", "metrics /health/ready 200", "metrics other 404",
      ])
  }
}
