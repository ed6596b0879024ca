import Application
import Domain

/// Reads records of one segment from a known position on.
struct SegmentReader: Sendable {
  let partition: PartitionID
  let file: any File
  let epoch: LogEpoch
  let index: SegmentIndex
  /// The first offset not to read.
  let end: UInt64
  /// Where the last record ends in the file.
  let fileEnd: Int

  /// Bytes read at once at most, unless a single record has more.
  private static let chunkBytes = 1 << 20

  /// Records from `first` on, at least one, whose bytes stay within `limit`; stops before damage.
  ///
  /// - Throws: `.corrupt` if the record at `first` is damaged.
  func read(from first: UInt64, limit: Int) throws(EventLogError) -> [LogRecord] {
    let hole = index.hole(from: first)
    if let hole, hole.offsets.contains(first) {
      if hole.isBehindFile { throw missing(first, hole.offsets) }
      throw corrupt(first, "damaged from byte \(hole.position) on", in: hole.offsets)
    }
    let stop = hole?.offsets.lowerBound ?? end
    let checksum = RecordFrame.checksumStart(epoch)
    var records: [LogRecord] = []
    var bytes = 0
    var position = index.entry(before: first)?.position ?? SegmentHeader.byteCount
    var chunk: [UInt8] = []
    var chunkStart = position
    while position < fileEnd, records.isEmpty || bytes < limit {
      let frame = RecordFrame(chunk.span, at: position - chunkStart, checksum)
      let isWhole = frame.map { position + $0.byteCount <= chunkStart + chunk.count } ?? false
      guard let frame, isWhole else {
        let isFresh = chunkStart == position && !chunk.isEmpty
        if isFresh, frame == nil || chunkStart + chunk.count == fileEnd { break }
        let wanted = max(frame?.byteCount ?? 0, min(Self.chunkBytes, max(limit - bytes, 0) + SegmentIndex.spacing))
        chunk = try load(wanted, at: position)
        chunkStart = position
        continue
      }
      if frame.offset >= stop { break }
      if frame.offset >= first {
        bytes += frame.length
        if bytes > limit, !records.isEmpty { break }
        let start = position - chunkStart + RecordFrame.headerBytes
        let record = EncodedRecord(bytes: [UInt8](chunk.span.extracting(start..<(start + frame.length))))
        guard frame.offset == first + UInt64(records.count), record.isIntact else { break }
        records.append(LogRecord(offset: frame.offset, appended: frame.appended, record: record))
      }
      position += frame.byteCount
    }
    if records.isEmpty {
      throw corrupt(first, "without an undamaged record at byte \(position)", in: first..<(first + 1))
    }
    return records
  }

  private func load(_ count: Int, at position: Int) throws(EventLogError) -> [UInt8] {
    do throws(FileError) { return try file.read(min(count, fileEnd - position), at: position) } catch {
      throw EventLogError(reading: error)
    }
  }

  /// Whether what is missing at `offset` was in another file than this one, which is whole.
  func isMissing(_ offset: UInt64) -> Bool {
    index.hole(from: offset).map { $0.isBehindFile && $0.offsets.contains(offset) } ?? false
  }

  private func missing(_ offset: UInt64, _ offsets: Range<UInt64>) -> EventLogError {
    let folder = FilePath.parent(of: file.path) ?? "."
    return .corrupt(
      partition: partition, offset: offset, next: offsets.upperBound,
      reason: "'\(folder)/\(SegmentName.text(offsets.lowerBound))' is missing, or the end of '\(file.path)': "
        + "offsets \(offsets.lowerBound) to \(offsets.upperBound - 1) cannot be read")
  }

  private func corrupt(_ offset: UInt64, _ reason: String, in offsets: Range<UInt64>) -> EventLogError {
    .corrupt(
      partition: partition, offset: offset, next: offsets.upperBound,
      reason: "'\(file.path)' is \(reason): offsets \(offsets.lowerBound) to \(offsets.upperBound - 1) cannot be read")
  }
}
