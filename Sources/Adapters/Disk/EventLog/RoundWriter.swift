import Application
import Domain

/// Writes one round of records to the open segment, or to a new one, and syncs it. Blocks.
struct RoundWriter {
  /// What is durable now.
  struct Written {
    let segment: OpenSegment
    let records: [LogRecord]
    let syncDuration: Duration
  }

  /// Records up to this size are gathered into one write; larger ones are written from where they are, since copying them
  /// costs more than a call.
  private static let gatheredRecordBytes = 16 << 10
  /// Gathered bytes that are written at once.
  private static let gatheredBytes = 256 << 10

  private let partition: LogPartition
  private let records: [EncodedRecord]
  private let first: UInt64
  private let now: Timestamp

  /// - Parameter first: The offset of the first record; all before it are durable.
  init(_ partition: LogPartition, _ records: [EncodedRecord], from first: UInt64) {
    self.partition = partition
    self.records = records
    self.first = first
    now = partition.surroundings.clock.now()
  }

  func write(to open: OpenSegment?) throws(FileError) -> Written {
    let bytes = records.reduce(0) { $0 + RecordFrame.headerBytes + $1.bytes.count }
    var segment: OpenSegment
    if let open,
      open.end + bytes <= partition.surroundings.configuration.segmentBytes || open.end == SegmentHeader.byteCount
    {
      segment = open
    } else {
      segment = try newSegment()
    }
    let start = segment.end
    do throws(FileError) {
      try writeFrames(to: &segment)
      let began = partition.surroundings.clock.elapsed()
      try segment.file.sync()
      let duration = partition.surroundings.clock.elapsed() - began
      let appended = records.enumerated().map { LogRecord(offset: first + UInt64($0), appended: now, record: $1) }
      return Written(segment: segment, records: appended, syncDuration: duration)
    } catch {
      // The base offset of the next segment says that this tail does not count; cutting it off besides keeps a process that
      // starts before there is one from reading it. If that fails too there is nothing more to do.
      do throws(FileError) {
        try segment.file.truncate(to: start)
        try segment.file.sync()
      } catch {}
      throw error
    }
  }

  private func writeFrames(to segment: inout OpenSegment) throws(FileError) {
    let epoch = RecordFrame.checksumStart(partition.epoch)
    var gathered: [UInt8] = []
    var written = segment.end
    for (index, record) in records.enumerated() {
      let offset = first + UInt64(index)
      let frame = RecordFrame(length: record.bytes.count, offset: offset, appended: now, durableBelow: first)
      segment.index.note(offset, at: segment.end)
      segment.end += frame.byteCount
      frame.appendHeader(to: &gathered, record: record.bytes.span, epoch)
      let isLarge = record.bytes.count > Self.gatheredRecordBytes
      if !isLarge { gathered.append(contentsOf: record.bytes) }
      if isLarge || gathered.count >= Self.gatheredBytes {
        try segment.file.write(gathered.span, at: written)
        written += gathered.count
        gathered.removeAll(keepingCapacity: true)
      }
      if isLarge {
        try segment.file.write(record.bytes.span, at: written)
        written += record.bytes.count
      }
    }
    if !gathered.isEmpty { try segment.file.write(gathered.span, at: written) }
  }

  /// A segment that begins at the first offset of the round. One of that name has no durable record: it is replaced.
  private func newSegment() throws(FileError) -> OpenSegment {
    let header = SegmentHeader(partition: partition.id, epoch: partition.epoch, base: first, created: now)
    return try OpenSegment(new: header, in: partition.folder, partition.surroundings.files)
  }
}
