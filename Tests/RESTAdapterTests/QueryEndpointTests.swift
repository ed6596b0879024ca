import Application
import Domain
import EventQueryContract
import Testing
import Transport

@testable import RESTAdapter

@Suite("POST /v1/query", .timeLimit(.minutes(1)))
struct QueryEndpointTests {
  @Test("writes an answer as the interface's description has it")
  func shape() async throws {
    var report = QueryReport()
    report.partitions = 2
    report.objectsPlanned = 7
    report.objectsRead = 5
    report.objectsSkipped = 1
    report.objectsFailed = 1
    report.eventsScanned = 1_000
    report.bytesRead = 4_096
    report.recentBatches = 3
    report.duration = .milliseconds(45)
    report.shortfalls = [
      .noOwner(PartitionID(1), reason: "it is moving"),
      .objectFailed(try #require(ObjectKey("p/t/o.cwd")), reason: "checksum"),
    ]
    let batch = StoredBatch(
      tenant: EventCorpus.tenant, service: EventCorpus.api, producer: ProducerID(Identifier128(high: 1, low: 2)),
      sequence: 3, resource: [Attribute(key: "host", value: .string("n1"))],
      [
        EventDraft(at: EventCorpus.noon, "it \"failed\"", severity: .error).with {
          $0.traceID = EventCorpus.trace
          $0.spanID = SpanID(0x00f0_67aa_0ba9_02b7)
          $0.attributes = [
            Attribute(key: "n", value: .int(1)), Attribute(key: "d", value: .double(0.5)),
            Attribute(key: "b", value: .bool(true)), Attribute(key: "n", value: .int(2)),
          ]
          $0.originalTimestamp = .epoch
        }
      ])
    let service = TestService(ScriptedQuery(batch.events, nextCursor: "next", report: report))
    let outcome = await service.answer(FakeExchange(query: "{}"))
    let head = try #require(outcome.head)
    #expect(head.status == 200)
    #expect(head.fields["content-type"] == "application/json")
    #expect(head.fields["cache-control"] == "no-store")
    #expect(head.contentLength == outcome.body.count)
    #expect(
      outcome.text
        == #"{"items":[{"timestamp":"2026-11-24T12:00:00.000000000Z","timestamp_ns":"1795521600000000000","#
        + #""service":"api-service","level":"ERROR","severity_number":17,"message":"it \"failed\"","#
        + #""trace_id":"0af7651916cd43dd8448eb211c80319c","span_id":"00f067aa0ba902b7","#
        + #""attributes":{"d":0.5,"b":true,"n":2},"resource":{"host":"n1"},"#
        + #""original_timestamp":"1970-01-01T00:00:00.000000000Z","original_timestamp_ns":"0","#
        + #""order_key":"AICK0mH56hgAAAAAAAAAAQAAAAAAAAACAwAAAAAAAAAAAAAAC2FwaS1zZXJ2aWNl"}],"next_cursor":"next","#
        + #""stats":{"objects_read":5,"events_scanned":1000,"duration_ms":45,"objects_planned":7,"objects_skipped":1,"#
        + #""objects_failed":1,"bytes_read":4096,"recent_batches":3,"partitions":2},"complete":false,"#
        + #""incomplete_because":[{"code":"no_owner","detail":"nobody answers for the newest events of partition 1: "#
        + #"it is moving","partition":1},{"code":"object_failed","detail":"an object could not be read: checksum","#
        + #""object":"p/t/o.cwd"}]}"#)
  }

  @Test("reads every field")
  func fields() async throws {
    let query = ScriptedQuery()
    let body = """
      {"tenant_id": "tenant-1", "service": "api-service", "from_ts": 1700000000000, "to_ts": 1700003600000,
       "level": "error", "min_level": "Warn", "contains": "time\\u006Fut", "limit": 7, "cursor": "abc",
       "trace_id": "0AF7651916cd43dd8448eb211c80319c"}
      """
    #expect(await TestService(query).answer(FakeExchange(query: body)).head?.status == 200)
    let range = TimeRange(
      from: Timestamp(nanoseconds: 1_700_000_000_000_000_000), to: Timestamp(nanoseconds: 1_700_003_600_000_000_000))
    let predicate = EventPredicate(
      range: range, severities: 17...20, contains: Array("timeout".utf8), traceID: EventCorpus.trace)
    #expect(
      query.requests == [
        EventRequest(
          tenant: EventCorpus.tenant, service: EventCorpus.api, predicate: predicate, limit: 7, cursor: "abc")
      ])
  }

  @Test(
    "has a default for every field", arguments: ["{}", #"{"service":null,"limit":null,"cursor":null,"level":null}"#])
  func defaults(body: String) async {
    let query = ScriptedQuery()
    #expect(await TestService(query).answer(FakeExchange(query: body)).head?.status == 200)
    #expect(query.requests == [EventRequest(tenant: .default, limit: 100)])
  }

  @Test(
    "knows levels by other names that stand for the whole level",
    arguments: [("warning", 13...16), ("ERR", 17...20), ("Information", 9...12), ("panic", 21...24)])
  func levels(name: String, severities: ClosedRange<UInt8>) async {
    let query = ScriptedQuery()
    _ = await TestService(query).answer(FakeExchange(query: "{\"level\":\"\(name)\"}"))
    #expect(query.requests.map(\.predicate.severities) == [severities])
  }

  @Test(
    "names the field that is wrong",
    arguments: [
      (#"{"tenant":"a"}"#, "unknown_field", "tenant"), (#"{"tenant_id":7}"#, "invalid_request", "tenant_id"),
      (#"{"tenant_id":""}"#, "invalid_request", "tenant_id"), (#"{"tenant_id":"_x"}"#, "invalid_request", "tenant_id"),
      (#"{"service":"a\nb"}"#, "invalid_request", "service"), (#"{"from_ts":"1"}"#, "invalid_request", "from_ts"),
      (#"{"from_ts":1.5}"#, "invalid_request", "from_ts"), (#"{"from_ts":1e3}"#, "invalid_request", "from_ts"),
      (#"{"to_ts":1700000000000000000}"#, "invalid_request", "to_ts"),
      (#"{"to_ts":99999999999999999999}"#, "invalid_request", "to_ts"),
      (#"{"from_ts":2,"to_ts":1}"#, "invalid_request", "to_ts"), (#"{"level":"loud"}"#, "invalid_request", "level"),
      (#"{"level":"notice"}"#, "invalid_request", "level"), (#"{"min_level":17}"#, "invalid_request", "min_level"),
      (#"{"level":"INFO","min_level":"ERROR"}"#, "invalid_request", "min_level"),
      (#"{"contains":["a"]}"#, "invalid_request", "contains"), (#"{"limit":"10"}"#, "invalid_request", "limit"),
      (#"{"limit":true}"#, "invalid_request", "limit"), (#"{"limit":0}"#, "invalid_request", "limit"),
      (#"{"limit":10001}"#, "invalid_request", "limit"), (#"{"cursor":1}"#, "invalid_request", "cursor"),
      (#"{"cursor":"x"}"#, "invalid_cursor", "cursor"), (#"{"trace_id":"00"}"#, "invalid_request", "trace_id"),
      (#"{"trace_id":"00000000000000000000000000000000"}"#, "invalid_request", "trace_id"),
    ])
  func invalidFields(body: String, code: String, field: String) async throws {
    let service = TestService()
    let outcome = await service.answer(FakeExchange(query: body))
    let problem = try ProblemDocument(outcome)
    #expect(problem == ProblemDocument(status: 400, code: code, field: field, offset: problem.offset))
    #expect(service.telemetry.lines.last == "http /v1/query 400")
  }

  @Test(
    "says at which byte a body is wrong",
    arguments: [
      ("", 0), ("[]", 0), ("null", 0), ("\"x\"", 0), (#"{"limit":1,"limit":2}"#, 11), (#"{"limit":1} 2"#, 12),
      (#"{"limit":1"#, 10), (String(repeating: "[", count: 60_000), 16),
    ])
  func invalidJSON(body: String, offset: Int) async throws {
    let service = TestService()
    let outcome = await service.answer(FakeExchange(query: body))
    #expect(try ProblemDocument(outcome) == ProblemDocument(status: 400, code: "invalid_json", offset: offset))
    #expect(service.telemetry.lines == ["refused malformed", "http /v1/query 400"])
  }

  @Test("takes the tenant from the header, and refuses two that differ")
  func tenantHeader() async throws {
    let query = ScriptedQuery()
    let service = TestService(query)
    _ = await service.answer(FakeExchange(query: "{}", ["x-tenant-id": "tenant-2"]))
    _ = await service.answer(FakeExchange(query: #"{"tenant_id":"tenant-2"}"#, ["x-tenant-id": "tenant-2"]))
    #expect(query.requests.map(\.tenant) == [EventCorpus.otherTenant, EventCorpus.otherTenant])
    let conflicts = [
      FakeExchange(query: #"{"tenant_id":"tenant-1"}"#, ["x-tenant-id": "tenant-2"]),
      FakeExchange(query: "{}", ["x-tenant-id": "tenant-1", "x-tenant-id": "tenant-2"]),
    ]
    for exchange in conflicts {
      #expect(try ProblemDocument(await service.answer(exchange)).code == "tenant_conflict")
    }
    let malformed = await service.answer(FakeExchange(query: "{}", ["x-tenant-id": ".x"]))
    #expect(
      try ProblemDocument(malformed) == ProblemDocument(status: 400, code: "invalid_request", field: "X-Tenant-ID"))
  }

  @Test(
    "takes bodies that say they are JSON, or nothing, or what curl -d says of all bodies",
    arguments: [
      [:], ["content-type": "application/json"], ["content-type": "Application/JSON; charset=UTF-8"],
      ["content-encoding": "identity"], ["content-type": "application/x-www-form-urlencoded"],
    ] as [HTTPFields])
  func mediaTypes(fields: HTTPFields) async {
    #expect(await TestService().answer(FakeExchange(query: "{}", fields)).head?.status == 200)
  }

  @Test(
    "refuses bodies of another type",
    arguments: [
      ["content-type": "multipart/form-data; boundary=x"], ["content-type": "application/xml"],
      ["content-type": "text/csv"], ["content-type": ""], ["content-type": "application/json; charset=latin1"],
      ["content-type": "application/x-www-form-urlencoded; charset=latin1"], ["content-encoding": "gzip"],
    ] as [HTTPFields])
  func otherMediaTypes(fields: HTTPFields) async throws {
    let outcome = await TestService().answer(FakeExchange(query: "{}", fields))
    #expect(try ProblemDocument(outcome) == ProblemDocument(status: 415, code: "unsupported_media_type"))
  }

  @Test("says of a form that it is no JSON")
  func form() async throws {
    let form = FakeExchange(query: "service=web", ["content-type": "application/x-www-form-urlencoded"])
    #expect(try ProblemDocument(await TestService().answer(form)).status == 400)
  }

  @Test("refuses a body over 64 KiB, announced or not")
  func largeBody() async throws {
    let piece = [UInt8](repeating: UInt8(ascii: " "), count: 16 << 10)
    let whole = Array(repeating: piece, count: 4)
    let fits = FakeExchange("POST", "/v1/query", body: whole.dropLast() + [Array(piece.dropLast(2) + Array("{}".utf8))])
    #expect(await TestService().answer(fits).head?.status == 200)
    let announced = FakeExchange("POST", "/v1/query", ["content-length": "65537"])
    for exchange in [FakeExchange("POST", "/v1/query", body: whole + [[0x7B]]), announced] {
      let outcome = await TestService().answer(exchange)
      #expect(try ProblemDocument(outcome) == ProblemDocument(status: 413, code: "body_too_large"))
    }
  }

  @Test(
    "tells each failure of a query by its code",
    arguments: [
      (.invalidCursor(reason: "r"), 400, "invalid_cursor"),
      (.invalidRequest(field: "limit", reason: "r"), 400, "invalid_request"),
      (.overBudget(reason: "r"), 400, "over_budget"), (.unavailable(reason: "r"), 503, "unavailable"),
    ] as [(EventQueryError, Int, String)])
  func failures(error: EventQueryError, status: Int, code: String) async throws {
    let service = TestService(ScriptedQuery(.failure(error)))
    let outcome = await service.answer(FakeExchange(query: "{}"))
    let problem = try ProblemDocument(outcome)
    #expect(problem.status == status)
    #expect(problem.code == code)
    #expect(outcome.head?.fields["retry-after"] == (status == 503 ? "2" : nil))
    // The use case counts its own refusals.
    #expect(service.telemetry.lines == ["http /v1/query \(status)"])
  }

  @Test("ends the exchange without an answer when the query was cancelled")
  func cancellation() async {
    let service = TestService(ScriptedQuery(.failure(.cancelled)))
    let outcome = await service.answer(FakeExchange(query: "{}"))
    #expect(outcome.isAborted)
    #expect(outcome.head == nil)
    #expect(service.telemetry.lines == ["http /v1/query 499"])
  }
}
