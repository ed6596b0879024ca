import Domain
import Testing

@Suite("placement")
struct PlacementTests {
  @Test("a batch's partition is among those of its stream, and does not change")
  func stable() throws {
    var random = SeededGenerator(seed: 2)
    let placement = Placement(version: 1, partitions: 7, spread: 3)
    var used: Set<PartitionID> = []
    for number in 0..<200 {
      let stream = StreamID(tenant: try TenantID("t\(number % 3)"), service: try ServiceName("s\(number)"))
      let producer = ProducerID(Identifier128(high: random.next(), low: random.next()))
      let partition = placement.partition(for: stream, producer: producer)
      #expect(placement.partitions(for: stream).contains(partition))
      #expect(placement.partitions(for: stream).count == 3)
      #expect(placement.partition(for: stream, producer: producer) == partition)
      used.insert(partition)
    }
    #expect(used.count == 7)
  }
}
