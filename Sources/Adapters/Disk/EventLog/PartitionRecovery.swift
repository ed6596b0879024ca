import Application
import Domain

/// Opens a partition's folder: checks whose segments these are, and takes the torn tail of a crash off the last one. Blocks.
struct PartitionRecovery: Sendable {
  let partition: PartitionID
  let folder: String
  let epoch: LogEpoch
  let segments: LogSegments
  let open: OpenSegment
  let end: UInt64
  /// What a crash left of a write that was never acknowledged.
  let droppedBytes: Int

  /// - Parameter freshEpoch: For a folder without segments.
  init(
    _ partition: PartitionID, _ folder: String, freshEpoch: LogEpoch, now: Timestamp, _ files: any FileSystem
  ) throws(EventLogError) {
    let found: [UInt64]
    do throws(FileError) {
      try files.makeFolders(folder)
      try files.removeDrafts(in: folder)
      found = try files.entries(of: folder).compactMap { SegmentName.base($0.name) }.sorted()
    } catch {
      throw EventLogError(reading: error)
    }
    self.partition = partition
    self.folder = folder
    guard let last = found.last else {
      let header = SegmentHeader(partition: partition, epoch: freshEpoch, base: 0, created: now)
      do throws(FileError) { open = try OpenSegment(new: header, in: folder, files) } catch {
        throw EventLogError(writing: error, retryAfter: .seconds(1))
      }
      segments = LogSegments([LogSegments.Segment(base: 0, bytes: open.end)])
      (epoch, end, droppedBytes) = (freshEpoch, 0, 0)
      return
    }
    epoch = try Self.epoch(partition, folder, found, files)
    do throws(FileError) {
      let file = try files.open(folder + "/" + SegmentName.text(last), .update)
      let scan = try SegmentScan.last(file, base: last, epoch: epoch)
      droppedBytes = try file.size() - scan.end
      if droppedBytes > 0 { try file.truncate(to: scan.end) }
      // What a killed process had written may be in the page cache only, and readers see nothing that is not durable.
      try file.sync()
      open = OpenSegment(file: file, base: last, end: scan.end, index: scan.index)
      end = scan.nextOffset
      segments = LogSegments(
        try found.dropLast().map { (base) throws(FileError) in
          let file = try files.open(folder + "/" + SegmentName.text(base), .read)
          return LogSegments.Segment(base: base, bytes: try file.size())
        } + [LogSegments.Segment(base: last, bytes: scan.end)])
    } catch {
      throw EventLogError(reading: error)
    }
  }

  /// The epoch that all segments share.
  private static func epoch(
    _ partition: PartitionID, _ folder: String, _ bases: [UInt64], _ files: any FileSystem
  ) throws(EventLogError) -> LogEpoch {
    var epoch: LogEpoch?
    for base in bases {
      let path = folder + "/" + SegmentName.text(base)
      let header = try header(path, partition, base, files)
      guard header.partition == partition, header.base == base else {
        throw .rejected(
          reason: "'\(path)' says that it is partition \(header.partition) from offset \(header.base): "
            + "put the log's folder back as it was")
      }
      let expected = epoch ?? header.epoch
      guard header.epoch == expected else {
        throw .rejected(
          reason: "'\(path)' is of log epoch \(header.epoch), the segments before it of \(expected): "
            + "segments of two logs are in one folder; move those of one of them away")
      }
      epoch = expected
    }
    return epoch ?? LogEpoch(Identifier128(high: 0, low: 0))
  }

  private static func header(
    _ path: String, _ partition: PartitionID, _ base: UInt64, _ files: any FileSystem
  ) throws(EventLogError) -> SegmentHeader {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try files.open(path, .read).read(SegmentHeader.byteCount, at: 0)
    } catch {
      throw EventLogError(reading: error)
    }
    do throws(DecodingError) {
      return try SegmentHeader(bytes.span)
    } catch {
      if error.kind == .unsupportedVersion { throw .rejected(reason: "'\(path)' cannot be read: \(error.reason)") }
      throw .corrupt(
        partition: partition, offset: base, next: base, reason: "'\(path)' cannot be read: \(error)")
    }
  }
}
