import Application
import Domain
import EventQueryContract
import Testing
import Threads
import Transport

@testable import RESTAdapter

@Suite("A large answer", .timeLimit(.minutes(1)))
struct AnswerStreamTests {
  private static let events: [Event] = StoredBatch(
    tenant: EventCorpus.tenant, service: EventCorpus.api, producer: ProducerID(Identifier128(high: 0, low: 1)),
    sequence: 0,
    (0..<3_000).map { EventDraft(at: EventCorpus.noon, "event \($0) " + String(repeating: "x", count: 150)) }
  ).events

  @Test("goes out in pieces of at most 64 KiB that make one text")
  func pieces() async throws {
    let outcome = await TestService(ScriptedQuery(Self.events)).answer(FakeExchange(query: "{}"))
    #expect(outcome.isEnded)
    #expect(outcome.head?.contentLength == nil)
    #expect(outcome.pieces.count > 10)
    #expect(outcome.pieces.allSatisfy { !$0.isEmpty && $0.count <= 64 << 10 })
    let items = try #require(try JSONReader.read(outcome.body)["items"]?.elements)
    #expect(items.count == 3_000)
    #expect(items.last?["message"]?.string?.hasPrefix("event 2999 ") == true)
  }

  @Test("cuts an event that is larger than a piece")
  func largeEvent() async throws {
    let message = [UInt8](repeating: 0, count: 300_000)  // six bytes each once escaped
    let batch = StoredBatch(
      tenant: EventCorpus.tenant, service: EventCorpus.api, producer: ProducerID(Identifier128(high: 0, low: 1)),
      sequence: 0, [EventDraft(at: EventCorpus.noon).with { $0.message = message }, EventDraft(at: EventCorpus.noon)])
    let outcome = await TestService(ScriptedQuery(batch.events)).answer(FakeExchange(query: "{}"))
    #expect(outcome.pieces.allSatisfy { $0.count <= 64 << 10 })
    let items = try #require(try JSONReader.read(outcome.body)["items"]?.elements)
    #expect(items.first?["message"]?.string?.utf8.count == 300_000)
    #expect(items.count == 2)
  }

  @Test("waits for the client after each piece, and stops when it leaves")
  func leavingClient() async {
    let exchange = FakeExchange(
      "POST", "/v1/query", body: [Array("{}".utf8)],
      beforeWrite: { (outcome) throws(TransportError) in
        if outcome.pieces.count == 3 { throw .closedByPeer(detail: "reset") }
      })
    let service = TestService(ScriptedQuery(Self.events))
    let outcome = await service.answer(exchange)
    #expect(outcome.pieces.count == 3)
    #expect(outcome.isAborted)
    #expect(service.telemetry.lines == ["http /v1/query 499"])
  }
}
