import Domain

/// The keys of one event's attributes, to find one that is there twice. Reused from event to event.
///
/// Compares a 64-bit signature of each key with those before it: with the 128 that an event may have, that is faster
/// than hashing, and it allocates nothing.
struct AttributeKeys {
  private var signatures: [UInt64] = []
  private var ranges: [Range<Int>] = []

  mutating func removeAll() {
    signatures.removeAll(keepingCapacity: true)
    ranges.removeAll(keepingCapacity: true)
  }

  var count: Int { ranges.count }

  /// False if the key was there before.
  mutating func insert(_ range: Range<Int>, of bytes: Span<UInt8>) -> Bool {
    let signature = Self.signature(bytes, range)
    for index in signatures.indices where signatures[index] == signature {
      if Self.equal(bytes, ranges[index], range) { return false }
    }
    signatures.append(signature)
    ranges.append(range)
    return true
  }

  /// Length, first and last bytes; equal for equal keys.
  @inline(__always)
  private static func signature(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    let count = range.count
    if count >= 8 {
      let head = bytes.uint64(at: range.lowerBound)
      let tail = bytes.uint64(at: range.upperBound - 8)
      return head ^ (tail &* 0x9E37_79B9_7F4A_7C15) ^ UInt64(count)
    }
    var value = UInt64(count)
    for offset in range { value = value << 8 | UInt64(bytes[offset]) }
    return value
  }

  private static func equal(_ bytes: Span<UInt8>, _ left: Range<Int>, _ right: Range<Int>) -> Bool {
    guard left.count == right.count else { return false }
    for offset in 0..<left.count where bytes[left.lowerBound + offset] != bytes[right.lowerBound + offset] {
      return false
    }
    return true
  }
}
