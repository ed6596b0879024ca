import InMemoryAdapter
import Testing

@Suite("Seeded identifiers") struct SeededIdentifiersTests {
  @Test("are the same for the same seed and differ for another")
  func followTheSeed() {
    let first = SeededIdentifiers(seed: 1)
    let again = SeededIdentifiers(seed: 1)
    let other = SeededIdentifiers(seed: 2)
    let ids = (0..<100).map { _ in first.next() }
    #expect(ids == (0..<100).map { _ in again.next() })
    #expect(Set(ids).count == 100)
    #expect(!ids.contains(other.next()))
  }
}
