/// A segment that is no longer written, ready to be read.
struct SealedSegment: Sendable {
  let file: any File
  /// The first offset that is not in it.
  let end: UInt64
  /// Where its last record ends in the file.
  let fileEnd: Int
  let index: SegmentIndex
}
