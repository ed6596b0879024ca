import Application
import Domain

/// Opens a partition's folder: checks whose segments these are, and takes the torn tail of a crash off the last one. Blocks.
struct PartitionRecovery: Sendable {
  let partition: PartitionID
  let folder: String
  let epoch: LogEpoch
  let segments: LogSegments
  /// Nil if the last segment is not to be written any more, since its header is damaged.
  let open: OpenSegment?
  let end: UInt64
  /// What a crash left of a write that was never acknowledged.
  let droppedBytes: Int
  /// What is wrong with the headers of segments, whose records are read all the same.
  let damagedHeaders: [String]
  /// Names of files that are kept since something in them is damaged.
  let damagedFiles: Set<String>

  /// - Parameter freshEpoch: For a folder without segments.
  init(
    _ partition: PartitionID, _ folder: String, freshEpoch: LogEpoch, now: Timestamp, _ files: any FileSystem
  ) throws(EventLogError) {
    self.partition = partition
    self.folder = folder
    var found: [UInt64]
    var damagedFiles: Set<String>
    do throws(FileError) {
      try files.makeFolders(folder)
      try files.removeDrafts(in: folder)
      let names = try files.entries(of: folder).map(\.name)
      found = names.compactMap { SegmentName.base($0) }.sorted()
      damagedFiles = Set(names.filter(DamagedSegmentName.isOne))
    } catch {
      throw EventLogError(reading: error)
    }
    let headers = try SegmentHeaders(partition, folder, found, files)
    do throws(FileError) {
      if headers.epoch == nil {
        // Nobody knows what in these is a record: as if they were not there, but kept.
        for base in found { damagedFiles.insert(try Self.setAside(base, in: folder, files)) }
        if !found.isEmpty { try files.syncFolder(folder) }
        found = []
      }
      let epoch = headers.epoch ?? freshEpoch
      EpochFile.keep(epoch, in: folder, files)
      self.epoch = epoch
      self.damagedFiles = damagedFiles
      damagedHeaders = headers.damage
      guard let last = found.last else {
        let header = SegmentHeader(partition: partition, epoch: epoch, base: 0, created: now)
        let segment = try OpenSegment(new: header, in: folder, files)
        segments = LogSegments([LogSegments.Segment(base: 0, bytes: segment.end)])
        (open, end, droppedBytes) = (segment, 0, 0)
        return
      }
      let file = try files.open(folder + "/" + SegmentName.text(last), .update)
      let scan = try SegmentScan.last(file, base: last, epoch: epoch)
      let isWritten = !headers.damagedBases.contains(last)
      droppedBytes = max(0, try file.size() - scan.end)
      if droppedBytes > 0, isWritten { try file.truncate(to: scan.end) }
      // What a killed process had written may be in the page cache only, and readers see nothing that is not durable.
      try file.sync()
      open = isWritten ? OpenSegment(file: file, base: last, end: scan.end, index: scan.index) : nil
      end = scan.nextOffset
      segments = LogSegments(
        try found.dropLast().map { (base) throws(FileError) in
          let file = try files.open(folder + "/" + SegmentName.text(base), .read)
          return LogSegments.Segment(base: base, bytes: try file.size())
        } + [LogSegments.Segment(base: last, bytes: scan.end)])
    } catch {
      throw EventLogError(opening: error)
    }
  }

  private static func setAside(_ base: UInt64, in folder: String, _ files: any FileSystem) throws(FileError) -> String {
    let name = DamagedSegmentName.text(base)
    try files.rename(folder + "/" + SegmentName.text(base), to: folder + "/" + name)
    return name
  }
}
