/// Digests of consecutive sequences, four bytes and a bit each, in one piece of memory that is as large as they need.
///
/// Holds what lies in any span of `capacity` sequences; its owner says which span that is by clearing what leaves it.
/// A processor has a window a producer and stream, often tens of thousands: dense, one costs 4.2 KB, with few sequences 70
/// bytes.
struct DigestRing: Sendable {
  /// A power of two, or 0.
  private(set) var capacity = 0
  /// The digests, each in the slot of its sequence's lowest bits, then a bit a slot: whether there is one.
  private var words: [UInt32] = []

  /// Of memory, without the array's own 32.
  var bytes: Int { words.count * 4 }

  init() {}

  /// - Parameter span: Sequences from the first to the last one that it has to hold.
  init(span: UInt64) {
    capacity = 4
    while capacity < span { capacity *= 2 }
    words = [UInt32](repeating: 0, count: capacity + (capacity + 31) / 32)
  }

  subscript(sequence: UInt64) -> UInt32? {
    let slot = slot(of: sequence)
    return words[capacity + (slot >> 5)] & (1 << UInt32(slot & 31)) == 0 ? nil : words[slot]
  }

  mutating func set(_ sequence: UInt64, to digest: UInt32) {
    let slot = slot(of: sequence)
    words[slot] = digest
    words[capacity + (slot >> 5)] |= 1 << UInt32(slot & 31)
  }

  mutating func clear(_ sequence: UInt64) {
    let slot = slot(of: sequence)
    words[capacity + (slot >> 5)] &= ~(1 << UInt32(slot & 31))
  }

  private func slot(of sequence: UInt64) -> Int { Int(sequence & UInt64(capacity - 1)) }
}
