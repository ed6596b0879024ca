@testable import Application
import Domain
import InMemoryAdapter
import Testing

@Suite("what an ingestor remembers of senders")
struct IngestMemoryTests {
  @Test("producers of made-up streams are forgotten, those with batches under way are not")
  func anonymousProducers() async throws {
    let producers = AnonymousProducers(identifiers: SeededIdentifiers(seed: 1), maximumStreams: 10)
    let busy = try Batches.stream("acme", "busy")
    let first = await producers.begin(busy)
    for number in 0..<1_000 {
      let stream = try Batches.stream("acme", "service-\(number)")
      await producers.end(await producers.begin(stream), stream)
    }
    #expect(await producers.streamCount <= 10)
    let second = await producers.begin(busy)
    #expect(second.producer == first.producer)
    #expect(second.sequence == 1)
  }

  @Test("tenants that were forgotten are looked up again, with the streams that they have in the index")
  func census() async throws {
    let census = StreamCensus(
      index: InMemoryChunkIndex(clock: ScriptedClock()), limit: 2, maximumNames: 20)
    for number in 0..<1_000 {
      #expect(try await census.admits(Batches.stream("tenant-\(number)", "web")))
    }
    #expect(await census.nameCount <= 20)
    for (service, isAdmitted) in [("a", true), ("b", true), ("c", false), ("a", true)] {
      #expect(try await census.admits(Batches.stream("acme", service)) == isAdmitted)
    }
  }
}
