/// Where in a segment's file some of its records lie: one for about every `spacing` bytes, so that its size is bounded by
/// the segment's.
struct SegmentIndex: Equatable, Sendable {
  struct Entry: Equatable, Sendable {
    let offset: UInt64
    let position: Int
  }

  /// Offsets that cannot be read because bytes of the file are damaged.
  struct Hole: Equatable, Sendable {
    let offsets: Range<UInt64>
    let position: Int
    /// The file is whole as far as one can see, and ends where they should begin.
    var isBehindFile = false
  }

  /// Bytes of the file between two entries: a read scans at most so many in vain.
  static let spacing = 64 << 10

  private(set) var entries: [Entry] = []
  private(set) var holes: [Hole] = []

  /// Notes where a record begins; they come in order.
  mutating func note(_ offset: UInt64, at position: Int) {
    if let last = entries.last, position - last.position < Self.spacing { return }
    entries.append(Entry(offset: offset, position: position))
  }

  /// Notes damage, and where reading goes on behind it.
  mutating func note(_ hole: Hole, next position: Int) {
    holes.append(hole)
    entries.append(Entry(offset: hole.offsets.upperBound, position: position))
  }

  /// Forgets what was noted after the index had so many entries and holes.
  mutating func truncate(entries entryCount: Int, holes holeCount: Int) {
    entries.removeLast(entries.count - entryCount)
    holes.removeLast(holes.count - holeCount)
  }

  /// The last entry at or before `offset`; nil if the index is empty.
  func entry(before offset: UInt64) -> Entry? {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].offset <= offset { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : entries[low - 1]
  }

  /// The first damage that ends behind `offset`.
  func hole(from offset: UInt64) -> Hole? { holes.first { $0.offsets.upperBound > offset } }
}
