import Domain

/// The segment that is being written. Only the leader of a round changes it.
struct OpenSegment: Sendable {
  let file: any File
  let base: UInt64
  /// Where the last durable record ends.
  var end: Int
  var index: SegmentIndex
}

extension OpenSegment {
  /// Makes an empty segment, durably: a crash never leaves half a header.
  init(new header: SegmentHeader, in folder: String, _ files: any FileSystem) throws(FileError) {
    let path = folder + "/" + SegmentName.text(header.base)
    try files.replace(path, with: header.encoded())
    self.init(
      file: try files.open(path, .update), base: header.base, end: SegmentHeader.byteCount, index: SegmentIndex())
  }
}
