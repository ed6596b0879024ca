import Application
import Domain

/// Finds the records of a segment file, and its damage, by reading it from front to back.
///
/// A frame that is not as it should be is damage if anything shows that it was durable: a frame behind it that was written
/// when offsets beyond it were, a later segment, the mark of the durable end. Else it is the tail of a crash.
struct SegmentScan {
  /// What a scan found.
  struct Outcome {
    var index = SegmentIndex()
    /// The offset behind the last record.
    var nextOffset: UInt64
    /// Where the last record's frame ends.
    var end = SegmentHeader.byteCount
    /// What lies behind it; nil if nothing does, or in a sealed segment.
    var tail: LogTail?
  }

  /// Where the scan stood when it met something that may be damage or a torn tail.
  private struct Suspect {
    let nextOffset: UInt64
    let end: Int
    let entries: Int
    let holes: Int
    let kind: LogTailKind
  }

  /// Bytes that are read at once.
  private static let chunkBytes = 1 << 20
  static let leastFrameBytes = RecordFrame.headerBytes + RecordFrame.minimumRecordBytes

  private let file: any File
  private let fileEnd: Int
  private let epoch: CRC32C
  private let checksRecords: Bool
  private var outcome: Outcome
  private var suspects: [Suspect] = []
  private var chunk: [UInt8] = []
  private var chunkStart = 0

  private init(_ file: any File, base: UInt64, epoch: LogEpoch, checksRecords: Bool) throws(FileError) {
    self.file = file
    fileEnd = try file.size()
    self.epoch = RecordFrame.checksumStart(epoch)
    self.checksRecords = checksRecords
    outcome = Outcome(nextOffset: base)
  }

  /// The last segment of a log, after a restart: what is not known to have been durable is left out from the first broken
  /// record on. Checks the records' own checksums too.
  ///
  /// - Parameter durable: Everything below it was durable once, so that what is missing is damage.
  static func last(
    _ file: any File, base: UInt64, epoch: LogEpoch, durableBelow durable: UInt64
  ) throws(FileError) -> Outcome {
    var scan = try SegmentScan(file, base: base, epoch: epoch, checksRecords: true)
    try scan.run(until: .max)
    scan.suspects.removeAll { $0.nextOffset < durable }
    try scan.dropTail()
    return scan.outcome
  }

  /// A segment whose successor begins at `end`: records from there on were never acknowledged, and what is missing before it
  /// is damage.
  static func sealed(_ file: any File, base: UInt64, end: UInt64, epoch: LogEpoch) throws(FileError) -> Outcome {
    var scan = try SegmentScan(file, base: base, epoch: epoch, checksRecords: false)
    try scan.run(until: end)
    if scan.outcome.nextOffset < end {
      let isBehindFile = scan.outcome.end == scan.fileEnd && scan.outcome.nextOffset > base
      scan.noteHole(until: end, next: scan.fileEnd, isBehindFile: isBehindFile)
    }
    return scan.outcome
  }

  private mutating func run(until limit: UInt64) throws(FileError) {
    while outcome.end < fileEnd, outcome.nextOffset < limit {
      let frame = try frame(at: outcome.end)
      if let frame, frame.offset == outcome.nextOffset, outcome.end + frame.byteCount <= fileEnd, try isIntact(frame) {
        outcome.index.note(frame.offset, at: outcome.end)
        outcome.nextOffset += 1
        outcome.end += frame.byteCount
        suspects.removeAll { $0.nextOffset < frame.durableBelow }
      } else if let next = try frameBehind(frame, below: limit) {
        suspects.append(
          Suspect(
            nextOffset: outcome.nextOffset, end: outcome.end, entries: outcome.index.entries.count,
            holes: outcome.index.holes.count, kind: try kind(frame, until: next.position)))
        noteHole(until: next.offset, next: next.position)
      } else {
        return
      }
    }
  }

  private mutating func noteHole(until offset: UInt64, next position: Int, isBehindFile: Bool = false) {
    let hole = SegmentIndex.Hole(
      offsets: outcome.nextOffset..<offset, position: outcome.end, isBehindFile: isBehindFile)
    outcome.index.note(hole, next: position)
    outcome.nextOffset = offset
    outcome.end = position
  }

  /// Takes what may be torn off what was found.
  private mutating func dropTail() throws(FileError) {
    var kinds = suspects.map(\.kind)
    var reach = outcome.nextOffset
    var isWhole = true
    if outcome.end < fileEnd {
      kinds.append(try kind(frame(at: outcome.end), until: fileEnd))
      reach += 1
      // A damaged header's length is as good as any other guess if it fits.
      isWhole = try outcome.end + RecordFrame.headerBytes + statedLength(at: outcome.end) == fileEnd
    }
    if let first = suspects.first {
      outcome.nextOffset = first.nextOffset
      outcome.end = first.end
      outcome.index.truncate(entries: first.entries, holes: first.holes)
    }
    guard outcome.end < fileEnd else { return }
    outcome.tail = LogTail(
      bytes: fileEnd - outcome.end, kind: kinds.contains(.damaged) ? .damaged : .torn, reach: reach, isWhole: isWhole)
  }

  /// What is wrong with the frame at the end of what was found, whose bytes end before `limit`.
  private mutating func kind(_ frame: RecordFrame?, until limit: Int) throws(FileError) -> LogTailKind {
    if frame.map({ outcome.end + $0.byteCount > limit }) ?? (limit - outcome.end < Self.leastFrameBytes) {
      return .torn
    }
    let count = limit - outcome.end
    try load(count, at: outcome.end)
    let start = outcome.end - chunkStart
    let bytes = chunk.span.extracting(start..<min(start + count, chunk.count))
    return UnwrittenSectors.areIn(bytes, at: outcome.end) ? .torn : .damaged
  }

  /// The frame at a position of the file, if there is one.
  private mutating func frame(at position: Int) throws(FileError) -> RecordFrame? {
    try load(Self.leastFrameBytes, at: position)
    return RecordFrame(chunk.span, at: position - chunkStart, epoch)
  }

  /// The length that the bytes at a position give, which may be damaged; 0 if there are too few.
  private mutating func statedLength(at position: Int) throws(FileError) -> Int {
    try load(Self.leastFrameBytes, at: position)
    let start = position - chunkStart
    return chunk.count - start < Self.leastFrameBytes ? 0 : Int(chunk.span.uint32(at: start + 4))
  }

  private mutating func isIntact(_ frame: RecordFrame) throws(FileError) -> Bool {
    guard checksRecords else { return true }
    try load(frame.byteCount, at: outcome.end)
    let start = outcome.end - chunkStart + RecordFrame.headerBytes
    return EncodedRecord(bytes: [UInt8](chunk.span.extracting(start..<(start + frame.length)))).isIntact
  }

  /// Sees to it that the chunk has `count` bytes from `position` on, or all that the file has.
  private mutating func load(_ count: Int, at position: Int) throws(FileError) {
    let isThere = position >= chunkStart && position + min(count, fileEnd - position) <= chunkStart + chunk.count
    if isThere { return }
    chunk = try file.read(min(max(count, Self.chunkBytes), fileEnd - position), at: position)
    chunkStart = position
  }

  /// The first undamaged frame behind the one that the scan stopped at.
  private mutating func frameBehind(
    _ damaged: RecordFrame?, below limit: UInt64
  ) throws(FileError) -> (offset: UInt64, position: Int)? {
    if let damaged, damaged.offset == outcome.nextOffset, outcome.end + damaged.byteCount < fileEnd {
      // The header can be trusted, so it says where the next one is.
      let position = outcome.end + damaged.byteCount
      if let next = try frame(at: position), next.offset == damaged.offset + 1 { return (next.offset, position) }
    }
    var start = outcome.end + 1
    while fileEnd - start >= Self.leastFrameBytes {
      let bytes = try file.read(min(Self.chunkBytes, fileEnd - start), at: start)
      guard bytes.count >= Self.leastFrameBytes else { return nil }
      if let found = firstFrame(in: bytes.span, at: start, below: limit) { return found }
      start += bytes.count - Self.leastFrameBytes + 1
    }
    return nil
  }

  /// Looks at every byte, but computes checksums only where the offset is one that can follow.
  private func firstFrame(
    in span: Span<UInt8>, at start: Int, below limit: UInt64
  ) -> (offset: UInt64, position: Int)? {
    let most = outcome.nextOffset + UInt64(fileEnd / Self.leastFrameBytes)
    for index in 0...(span.count - Self.leastFrameBytes) {
      let offset = span.uint64(at: index + 8)
      guard offset > outcome.nextOffset, offset < limit, offset <= most,
        let frame = RecordFrame(span, at: index, epoch), start + index + frame.byteCount <= fileEnd
      else { continue }
      return (offset, start + index)
    }
    return nil
  }
}
