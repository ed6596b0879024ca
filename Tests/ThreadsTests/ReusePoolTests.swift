import Testing

@testable import Threads

@Suite("A pool of things to reuse")
struct ReusePoolTests {
  private final class Thing: Sendable {}
  private struct Refusal: Error {}

  @Test("gives out again what it got back, and to one at a time")
  func reuse() {
    let pool = ReusePool(keeping: 2) { Thing() }
    let first = pool.withElement { ObjectIdentifier($0) }
    #expect(pool.idleCount == 1)
    pool.withElement { outer in
      #expect(ObjectIdentifier(outer) == first)
      pool.withElement { inner in #expect(inner !== outer) }
    }
    #expect(pool.idleCount == 2)
  }

  @Test("keeps no more than it was told to")
  func limit() {
    let pool = ReusePool(keeping: 1) { Thing() }
    pool.withElement { _ in pool.withElement { _ in pool.withElement { _ in } } }
    #expect(pool.idleCount == 1)
  }

  @Test("takes back what was lent to work that fails")
  func failure() {
    let pool = ReusePool(keeping: 1) { Thing() }
    #expect(throws: Refusal.self) { try pool.withElement { _ throws(Refusal) in throw Refusal() } }
    #expect(pool.idleCount == 1)
  }
}
