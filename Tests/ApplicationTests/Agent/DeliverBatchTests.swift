import Application
import Domain
import InMemoryAdapter
import Testing

@Suite("Delivering a batch", .timeLimit(.minutes(1)))
struct DeliverBatchTests {
  private let clock = ScriptedClock()

  private func batch() throws -> JournaledBatch {
    let stream = StreamID(tenant: .default, service: try ServiceName("s"))
    var events = EventColumns()
    let text = Array("m".utf8)
    events.endEvent(
      timestamp: .epoch, severity: .info, severityText: [UInt8]().span, message: text.span, traceID: nil, spanID: nil,
      index: 0)
    let content = FakeIngestor(clock: clock).encode(
      OutgoingBatch(
        stream: stream, producer: ProducerID(Identifier128(high: 1, low: 1)), sequence: 0, placement: 0,
        acceptsAnyAge: true, traceParent: "", events: events))
    return JournaledBatch(stream: stream, sequence: 0, eventCount: 1, content: content, firstSent: clock.now())
  }

  private func delivery(to ingestor: FakeIngestor) -> DeliverBatch {
    DeliverBatch(sink: ingestor, clock: clock, identifiers: SeededIdentifiers(seed: 1)) { _ in }
  }

  @Test("waits as long as the server asks, then sends the same bytes with their age")
  func retryAfter() async throws {
    let ingestor = FakeIngestor(clock: clock) { $0 == 0 ? .retryAfter(.seconds(7)) : .take }
    let batch = try batch()
    let deliver = delivery(to: ingestor)
    async let outcome = deliver(batch)
    await clock.waitForSleepers()
    clock.advance(by: .milliseconds(6_999))
    #expect(clock.sleepers == 1)
    #expect(await ingestor.sendings.count == 1)
    clock.advance(by: .milliseconds(101))
    #expect(try await outcome == .accepted(isExactlyOnce: true, retimed: 0, deadLetters: []))
    let sendings = await ingestor.sendings
    #expect(sendings.map(\.age) == [.zero, .milliseconds(7_100)])
    #expect(sendings[0].content == sendings[1].content)
  }

  @Test("asks less and less often while the server is away, and never gives up")
  func backoff() async throws {
    let ingestor = FakeIngestor(clock: clock) { $0 < 12 ? .breakFirst : .take }
    let batch = try batch()
    let deliver = delivery(to: ingestor)
    async let outcome = deliver(batch)
    for _ in 0..<12 {
      await clock.waitForSleepers()
      clock.advance(by: .seconds(15))
    }
    _ = try await outcome
    #expect(await ingestor.sendings.count == 13)
  }

  @Test("ends when it is cancelled, while it waits too")
  func cancelled() async throws {
    let ingestor = FakeIngestor(clock: clock) { _ in .breakFirst }
    let batch = try batch()
    let deliver = delivery(to: ingestor)
    let task = Task { () -> DeliverBatch.Failure? in
      do throws(DeliverBatch.Failure) { _ = try await deliver(batch) } catch { return error }
      return nil
    }
    await clock.waitForSleepers()
    task.cancel()
    #expect(await task.value == .cancelled)
  }

  @Test("doubles its waits up to ten seconds, give or take a quarter", arguments: [0, 1, UInt64.max / 2, .max])
  func delays(random: UInt64) {
    var delay = RetryDelay()
    var base = RetryDelay.first
    for _ in 0..<12 {
      let wait = delay.next(asked: nil, random: random)
      #expect(wait >= base * 3 / 4 && wait <= base * 5 / 4)
      base = min(base * 2, RetryDelay.longest)
    }
    #expect(delay.next(asked: .seconds(90), random: random) >= .seconds(90))
  }
}
