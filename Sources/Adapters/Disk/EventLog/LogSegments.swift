/// The segments of a partition, by their base offsets, and how large they are: what can be found and freed without looking at
/// a file.
struct LogSegments: Sendable {
  struct Segment: Equatable, Sendable {
    /// Offset of the first record.
    let base: UInt64
    /// Bytes of the file.
    var bytes: Int
  }

  /// Ascending; the last is the one that is written, if one is.
  private(set) var all: [Segment]
  /// Of all of them.
  private(set) var bytes: Int

  init(_ all: [Segment]) {
    self.all = all
    bytes = all.reduce(0) { $0 + $1.bytes }
  }

  /// The first offset that can be read; nil without segments.
  var start: UInt64? { all.first?.base }

  /// The segment that holds `offset`, and where the next one begins, nil behind the last.
  ///
  /// - Precondition: `offset` is not below the start.
  func segment(holding offset: UInt64) -> (base: UInt64, next: UInt64?) {
    var low = 0
    var high = all.count
    while low < high {
      let middle = (low + high) / 2
      if all[middle].base > offset { high = middle } else { low = middle + 1 }
    }
    precondition(low > 0, "offset \(offset) lies below the start")
    return (all[low - 1].base, low < all.count ? all[low].base : nil)
  }

  /// Notes how large the last segment is, which may be a new one.
  mutating func note(base: UInt64, bytes newBytes: Int) {
    if let last = all.last, last.base == base {
      bytes += newBytes - last.bytes
      all[all.count - 1].bytes = newBytes
    } else {
      all.append(Segment(base: base, bytes: newBytes))
      bytes += newBytes
    }
  }

  /// Takes out the oldest segments that hold nothing but records below `offset`, as long as at least `keptBytes` of such
  /// segments remain. Never the last one.
  mutating func takeOldest(below offset: UInt64, keeping keptBytes: Int) -> [Segment] {
    // A segment ends where the next one begins.
    var spent = 0
    while spent + 1 < all.count, all[spent + 1].base <= offset { spent += 1 }
    var spentBytes = all[..<spent].reduce(0) { $0 + $1.bytes }
    var count = 0
    while count < spent, spentBytes - all[count].bytes >= keptBytes {
      spentBytes -= all[count].bytes
      count += 1
    }
    let taken = Array(all[..<count])
    all.removeFirst(count)
    bytes -= taken.reduce(0) { $0 + $1.bytes }
    return taken
  }

  /// Puts back what could not be freed: the oldest again.
  mutating func putBack(_ segments: some Collection<Segment>) {
    all.insert(contentsOf: segments, at: 0)
    bytes += segments.reduce(0) { $0 + $1.bytes }
  }
}
