import Application
import Domain
import InMemoryAdapter
import Testing

@Suite("Generating events", .timeLimit(.minutes(1)))
struct GenerateEventsTests {
  private let clock = ScriptedClock()

  private func run(
    _ ingestor: FakeIngestor, _ change: (inout GeneratorOptions) -> Void,
    _ progress: @escaping @Sendable (DeliveryProgress) -> Void = { _ in }
  ) async -> DeliveryReport {
    var options = GeneratorOptions(tenant: .default, seed: 5)
    change(&options)
    let generate = GenerateEvents(
      sink: ingestor, clock: clock, identifiers: SeededIdentifiers(seed: 2), options: options, progress: progress)
    let clock = clock
    let time = Task {
      while !Task.isCancelled {
        await clock.waitForSleepers()
        clock.advance(by: .milliseconds(100))
      }
    }
    defer { time.cancel() }
    return await generate()
  }

  @Test("sends as many events as asked, in full batches but for the last ones", arguments: [0, 1, 999, 12_345])
  func count(_ count: Int) async throws {
    let ingestor = FakeIngestor(clock: clock)
    let report = await run(ingestor) { $0.count = count }
    #expect(report.end.isComplete)
    #expect(report.counts.events == count && report.counts.acceptedEvents == count)
    let messages = await ingestor.messages
    #expect(messages.values.reduce(0) { $0 + $1.count } == count)
    #expect(await ingestor.sendings.count <= count / 1_000 + 6)
    if count > 10_000 { #expect(messages.count == 6) }
  }

  @Test("keeps to one service, known or not", arguments: ["payment-service", "my-service"])
  func oneService(name: String) async throws {
    let ingestor = FakeIngestor(clock: clock)
    let service = try ServiceName(name)
    _ = await run(ingestor) { options in
      options.count = 2_500
      options.service = service
    }
    let messages = await ingestor.messages
    #expect(messages.keys.sorted() == [name] && messages[name]?.count == 2_500)
  }

  @Test("keeps to a rate")
  func rate() async throws {
    let ingestor = FakeIngestor(clock: clock)
    let start = clock.elapsed()
    let report = await run(ingestor) { options in
      options.rate = 500
      options.count = 2_000
    }
    #expect(report.end.isComplete && report.counts.acceptedEvents == 2_000)
    let seconds = (clock.elapsed() - start).fractionalSeconds
    #expect(seconds >= 4 && seconds < 5)
  }

  @Test("goes on until it is cancelled where no count is given, and after trouble")
  func endless() async throws {
    let ingestor = FakeIngestor(clock: clock) { $0 % 7 == 3 ? .breakFirst : .take }
    let (steps, step) = AsyncStream.makeStream(of: Void.self)
    let task = Task { await run(ingestor, { _ in }) { _ in step.yield() } }
    var seen = 0
    for await _ in steps {
      seen += 1
      if seen > 60 { break }
    }
    task.cancel()
    let report = await task.value
    guard case .interrupted = report.end else { Issue.record("\(report.end)"); return }
    #expect(report.counts.acceptedEvents >= 20_000)
  }

  @Test("does not make up for a pause that it was kept waiting")
  func pausing() {
    var pacing = Pacing(rate: 1_000, start: .zero)
    #expect(pacing.take(at: .milliseconds(100)) == 100)
    #expect(pacing.take(at: .milliseconds(150)) == 50)
    #expect(pacing.take(at: .seconds(60)) == 1_000)
    #expect(pacing.take(at: .milliseconds(60_100)) == 100)
  }

  @Test("gives events of every level, errors with a timeout among them, and the same ones for the same seed")
  func content() throws {
    func events(_ seed: UInt64) -> [CutBatch] {
      var load = LoadGenerator(seed: seed)
      var left = 20_000
      var batches: [CutBatch] = []
      while left > 0 {
        left -= load.add(left, from: .epoch)
        batches += load.take(ofAtLeast: left > 0 ? LoadGenerator.batchEvents : 1)
      }
      return batches
    }
    let batches = events(1)
    #expect(batches.map(\.events.messages) == events(1).map(\.events.messages))
    #expect(batches.map(\.events.messages) != events(2).map(\.events.messages))
    let severities = batches.flatMap(\.events.severities)
    let errors = severities.count { $0 >= 17 }
    #expect(severities.count == 20_000 && (200...1_000).contains(errors), "\(errors)")
    #expect(Set(severities) == [5, 9, 13, 17, 21])
    let payments = batches.filter { $0.service.text == "payment-service" }.map {
      String(decoding: $0.events.messages, as: UTF8.self)
    }
    #expect(payments.joined().contains("timeout after 5000 ms"))
  }
}
