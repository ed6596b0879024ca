/// The ids of all letters, as hashes of 128 bits: 16 bytes each instead of hundreds, so that a million fit in memory.
///
/// The hash is SipHash with the process's random key: nobody can make up an id that hides another's letter, and two of a
/// million are alike by chance once in 10^26.
package struct LetterHashes: Sendable {
  private var hashes: Set<Identifier128> = []

  package init() {}

  package static func hash(_ id: DeadLetterID) -> Identifier128 {
    var high = Hasher()
    high.combine(0)
    high.combine(id)
    var low = Hasher()
    low.combine(1)
    low.combine(id)
    return Identifier128(
      high: UInt64(truncatingIfNeeded: high.finalize()), low: UInt64(truncatingIfNeeded: low.finalize()))
  }

  package func contains(_ hash: Identifier128) -> Bool { hashes.contains(hash) }

  package mutating func insert(_ hash: Identifier128) { hashes.insert(hash) }

  package mutating func remove(_ hash: Identifier128) { hashes.remove(hash) }
}
