import Application
import Domain
import EventQueryContract
import Testing
import Transport

@testable import RESTAdapter

@Suite("POST /v1/histogram", .timeLimit(.minutes(1)))
struct HistogramEndpointTests {
  @Test("writes counts as the interface's description has it")
  func shape() async throws {
    let query = ReferenceEventQuery()
    await query.load([
      StoredBatch(
        tenant: .default, service: EventCorpus.api, producer: ProducerID(Identifier128(high: 1, low: 2)), sequence: 3,
        [
          EventDraft(at: EventCorpus.noon, "a", severity: .error),
          EventDraft(at: EventCorpus.noon.advanced(by: .milliseconds(2)), "b", severity: .unspecified),
          EventDraft(at: EventCorpus.noon.advanced(by: .milliseconds(2)), "c", severity: .warn),
        ])
    ])
    let outcome = await TestService(query).answer(Self.exchange("{}"))
    #expect(outcome.head?.status == 200)
    #expect(
      outcome.text
        == #"{"bucket_ms":1,"buckets":[{"start_ts":1795521600000,"counts":{"ERROR":1}},"#
        + #"{"start_ts":1795521600001,"counts":{}},"#
        + #"{"start_ts":1795521600002,"counts":{"UNSPECIFIED":1,"WARN":1}}],"total":3,"counted_from_ts":null,"#
        + #""stats":{"objects_read":0,"events_scanned":0,"duration_ms":0,"objects_planned":0,"objects_skipped":0,"#
        + #""objects_failed":0,"bytes_read":0,"recent_batches":0,"partitions":0},"complete":true,"#
        + #""incomplete_because":[]}"#)
  }

  @Test("says from when on counts are whole, to the millisecond above")
  func countedFrom() throws {
    var report = QueryReport()
    report.shortfalls = [.overBudget(reason: "counting took longer than 30 s", before: EventCorpus.noon)]
    let answer = EventHistogram(
      histogram: nil, countedFrom: EventCorpus.noon.advanced(by: .nanoseconds(1)), report: report)
    var json = JSONWriter()
    json.histogram(answer)
    let root = try JSONReader.read(json.drain())
    #expect(root["counted_from_ts"]?.integer == 1_795_521_600_001)
    #expect(root["complete"]?.bool == false)
    #expect(root["incomplete_because"]?.elements?.first?["code"]?.string == "over_budget")
  }

  @Test(
    "refuses what is not a question",
    arguments: [
      (#"{"buckets": 0}"#, "invalid_request", "buckets"), (#"{"buckets": 501}"#, "invalid_request", "buckets"),
      (#"{"limit": 5}"#, "unknown_field", "limit"), (#"{"cursor": "x"}"#, "unknown_field", "cursor"),
      (#"{"level": "LOUD"}"#, "invalid_request", "level"), ("[]", "invalid_json", nil),
    ] as [(String, String, String?)])
  func refusals(body: String, code: String, field: String?) async throws {
    let outcome = await TestService().answer(Self.exchange(body))
    let problem = try ProblemDocument(outcome)
    #expect(problem == ProblemDocument(status: 400, code: code, field: field, offset: problem.offset))
  }

  private static func exchange(_ body: String) -> FakeExchange {
    FakeExchange("POST", "/v1/histogram", ["content-type": "application/json"], body: [Array(body.utf8)])
  }
}
