package import Domain

/// FNV-1a with 128 bits over a content and its length (draft-eastlake-fnv, section 5): tells contents apart that nobody
/// made to look alike. Not for data that an attacker chose.
package struct ContentFingerprint: Sendable {
  /// How much of a source's start names it. More would tell more sources apart by their start, and would make a small file
  /// that has grown another source up to that size.
  package static let prefixBytes = 64 << 10

  private static let prime: UInt128 = 1 << 88 | 0x13b
  private var state: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d
  private var bytes: UInt64 = 0

  package init() {}

  package mutating func update(_ content: Span<UInt8>) {
    var hash = state
    for offset in 0..<content.count { hash = (hash ^ UInt128(content[offset])) &* Self.prime }
    state = hash
    bytes += UInt64(content.count)
  }

  package var value: Identifier128 {
    var hash = state
    for shift in stride(from: 0, to: 64, by: 8) {
      hash = (hash ^ UInt128(UInt8(truncatingIfNeeded: bytes >> UInt64(shift)))) &* Self.prime
    }
    return Identifier128(high: UInt64(truncatingIfNeeded: hash >> 64), low: UInt64(truncatingIfNeeded: hash))
  }
}
