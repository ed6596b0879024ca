package import Application
import Domain
import Testing

/// What every source of identifiers promises. Left open: whether they can be foreseen by who knows a seed.
package enum IdentifiersPromise: String, CaseIterable, Sendable {
  case neverTwice, neverTwiceAmongThreads, neverZero, useEveryBit

  package func check(on identifiers: some Identifiers) async throws {
    switch self {
    case .neverTwice:
      #expect(Set((0..<10_000).map { _ in identifiers.next() }).count == 10_000)
    case .neverTwiceAmongThreads:
      let all = await withTaskGroup(of: [Identifier128].self) { group in
        for _ in 0..<8 { group.addTask { @concurrent in (0..<2_000).map { _ in identifiers.next() } } }
        return await group.reduce(into: Set<Identifier128>()) { $0.formUnion($1) }
      }
      #expect(all.count == 16_000)
    case .neverZero:
      #expect((0..<1_000).allSatisfy { _ in !identifiers.next().isZero })
    case .useEveryBit:
      // The chance that a fair bit is the same 256 times is 2^-255.
      let some = (0..<256).map { _ in identifiers.next() }
      let everSet = some.reduce((high: UInt64(0), low: UInt64(0))) { ($0.high | $1.high, $0.low | $1.low) }
      let alwaysSet = some.reduce((high: UInt64.max, low: UInt64.max)) { ($0.high & $1.high, $0.low & $1.low) }
      #expect(everSet == (.max, .max), "some bits are never set")
      #expect(alwaysSet == (0, 0), "some bits are always set")
    }
  }
}
