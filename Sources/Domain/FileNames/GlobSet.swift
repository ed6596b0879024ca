/// The characters between brackets: `[abc]`, `[a-z0-9]`, `[!.]` or `[^.]` for all others. A slash is never in it.
struct GlobSet: Hashable, Sendable {
  private let ranges: [ClosedRange<UInt32>]
  private let isNegated: Bool

  /// - Parameter scalars: From after the opening bracket on; what the set takes is removed, the closing bracket too.
  /// - Returns: Nil if there is no closing bracket. One that comes first is a character of the set.
  init?(parsing scalars: inout Substring.UnicodeScalarView) {
    isNegated = scalars.first == "!" || scalars.first == "^"
    if isNegated { scalars.removeFirst() }
    var ranges: [ClosedRange<UInt32>] = []
    while let low = scalars.popFirst() {
      if low == "]", !ranges.isEmpty {
        self.ranges = ranges
        return
      }
      let high = scalars.dropFirst().first
      if scalars.first == "-", let high, high != "]" {
        scalars.removeFirst(2)
        // A range that is the wrong way round holds nothing, but is there: the next bracket closes.
        ranges.append(low.value <= high.value ? low.value...high.value : UInt32.max...UInt32.max)
      } else {
        ranges.append(low.value...low.value)
      }
    }
    return nil
  }

  func contains(_ scalar: UInt32) -> Bool {
    scalar != 0x2f && ranges.contains { $0.contains(scalar) } != isNegated
  }
}
