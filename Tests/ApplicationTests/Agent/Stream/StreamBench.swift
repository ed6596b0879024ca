import Application
import Domain
import InMemoryAdapter
import Testing

/// An agent that follows a stream in memory, its journal, and a server. Time passes as soon as somebody waits for it.
struct StreamBench: Sendable {
  let clock = ScriptedClock()
  let lines = InMemoryLines()
  let journal: InMemoryAgentJournal
  let ingestor: FakeIngestor
  let telemetry = RecordingTelemetry()
  var options = TailOptions(tenant: .default)
  var pieceBytes = 64 << 10

  init(journalBytes: Int = 64 << 20) throws {
    journal = InMemoryAgentJournal(producer: ProducerID(Identifier128(high: 7, low: 7)), limitBytes: journalBytes)
    ingestor = FakeIngestor(clock: clock)
    options.lines.format = .text
    options.service = try ServiceName("stream")
  }

  /// The stream that the journal goes on with.
  var opening: FollowStream.Opening {
    { [lines, pieceBytes] cursor throws(LogStreamError) in
      try InMemoryLogStream(lines, after: cursor, pieceBytes: pieceBytes)
    }
  }

  /// Runs an agent while `body` does what programs and operators do, then stops it in an orderly way.
  ///
  /// - Parameter open: Nil for `opening`.
  @discardableResult
  func following(_ open: FollowStream.Opening? = nil, _ body: () async throws -> Void) async throws -> DeliveryReport {
    let work = begin(open)
    let time = clock.passing()
    defer { time.cancel() }
    let outcome: Result<Void, any Error>
    do { outcome = .success(try await body()) } catch { outcome = .failure(error) }
    work.cancel()
    let report = await work.value
    try outcome.get()
    return report
  }

  /// Runs it until it ends by itself.
  func followingToItsEnd(_ open: FollowStream.Opening? = nil) async -> DeliveryReport {
    let time = clock.passing()
    defer { time.cancel() }
    return await begin(open).value
  }

  private func begin(_ open: FollowStream.Opening?) -> Task<DeliveryReport, Never> {
    let follow = FollowStream(
      "memory", open: open ?? opening, journal: journal, sink: ingestor, clock: clock,
      identifiers: SeededIdentifiers(seed: 1), telemetry: telemetry, options: options)
    return Task { await follow() }
  }

  func write(_ text: String) { lines.append(Array(text.utf8)) }

  var messages: [String] { get async { await ingestor.messages.values.flatMap(\.self) } }

  /// Waits until the server has so many messages, or the agent's clock is two minutes farther.
  func waitForMessages(_ count: Int) async {
    let deadline = clock.elapsed() + .seconds(120)
    while await messages.count < count, clock.elapsed() < deadline { await wait(.milliseconds(100)) }
  }

  func wait(_ duration: Duration) async {
    do throws(CancellationError) { try await clock.sleep(for: duration) } catch {}
  }
}
