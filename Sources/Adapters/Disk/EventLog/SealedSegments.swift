/// The sealed segments that were read last, so that files and indexes in memory stay few however long the log is.
struct SealedSegments: Sendable {
  /// A processor reads one segment after the other; a few readers at different places still fit.
  static let limit = 8

  /// The one read last at the end.
  private var segments: [(base: UInt64, segment: SealedSegment)] = []

  mutating func segment(at base: UInt64) -> SealedSegment? {
    guard let index = segments.firstIndex(where: { $0.base == base }) else { return nil }
    let found = segments.remove(at: index)
    segments.append(found)
    return found.segment
  }

  mutating func forget(_ base: UInt64) { segments.removeAll { $0.base == base } }

  mutating func keep(_ segment: SealedSegment, at base: UInt64) {
    segments.removeAll { $0.base == base }
    if segments.count == Self.limit { segments.removeFirst() }
    segments.append((base, segment))
  }
}
