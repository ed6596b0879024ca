import Application
import Domain

/// Opens a partition's folder: checks whose segments these are, and takes the tail of a crash off the last one. Blocks.
struct PartitionRecovery: Sendable {
  let partition: PartitionID
  let folder: String
  let epoch: LogEpoch
  let segments: LogSegments
  /// Nil if the last segment is not to be written any more, since something in its header or at its end is damaged.
  let open: OpenSegment?
  let end: UInt64
  /// What a crash left of a write that was never acknowledged, or seems to; nil if nothing was left.
  let tail: LogTail?
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
        for base in found { damagedFiles.insert(try DamagedSegmentName.setAside(base, in: folder, files)) }
        if !found.isEmpty { try files.syncFolder(folder) }
        found = []
      }
      let epoch = headers.epoch ?? freshEpoch
      EpochFile.keep(epoch, in: folder, files)
      self.epoch = epoch
      damagedHeaders = headers.damage
      let mark = DurableEndFile.read(in: folder, of: epoch, files)
      guard let last = found.last else {
        // With a mark there were segments once: they are gone, and nobody knows how many records with them.
        let end = LogEnd(withoutSegments: mark).offset
        if end > 0 { damagedFiles.insert(try DamagedSegmentName.noteMissing(0, in: folder, files)) }
        let header = SegmentHeader(partition: partition, epoch: epoch, base: end, created: now)
        let segment = try OpenSegment(new: header, in: folder, files)
        segments = LogSegments([LogSegments.Segment(base: end, bytes: segment.end)])
        (open, self.end, tail, self.damagedFiles) = (segment, end, nil, damagedFiles)
        DurableEndFile(offset: end, isExact: false).keep(in: folder, of: epoch, over: mark, files)
        return
      }
      let file = try files.open(folder + "/" + SegmentName.text(last), .update)
      let isHeaderDamaged = headers.damagedBases.contains(last)
      let scan = try SegmentScan.last(file, base: last, epoch: epoch, durableBelow: mark?.offset ?? 0)
      // Where damage reaches the end, a new segment begins behind what is known, and says so by its name.
      let logEnd = LogEnd(scan, mark, fileBytes: try file.size(), isHeaderDamaged: isHeaderDamaged)
      let isDamaged = isHeaderDamaged || scan.nextOffset < logEnd.offset || scan.tail?.kind == .damaged
      if scan.nextOffset < logEnd.offset {
        tail = nil
        if logEnd.isOpen {
          // A file that ends where a record ends is whole: what is missing is another one.
          let isWhole = scan.tail == nil && scan.end > SegmentHeader.byteCount && !isHeaderDamaged
          damagedFiles.insert(
            isWhole
              ? try DamagedSegmentName.noteMissing(scan.nextOffset, in: folder, files)
              : try DamagedSegmentName.keep(last, in: folder, files))
        }
      } else {
        tail = scan.tail
        if scan.tail?.kind == .damaged { damagedFiles.insert(try DamagedSegmentName.keep(last, in: folder, files)) }
        if scan.tail != nil, !isDamaged { try file.truncate(to: scan.end) }
      }
      self.damagedFiles = damagedFiles
      // What a killed process had written may be in the page cache only, and readers see nothing that is not durable.
      try file.sync()
      end = logEnd.offset
      var begun: OpenSegment?
      if logEnd.isOpen {
        // Now rather than with the first append: else the next start would take the hole for a new one.
        let header = SegmentHeader(partition: partition, epoch: epoch, base: end, created: now)
        begun = try OpenSegment(new: header, in: folder, files)
      }
      open = isDamaged ? begun : OpenSegment(file: file, base: last, end: scan.end, index: scan.index)
      DurableEndFile(offset: end, isExact: false).keep(in: folder, of: epoch, over: mark, files)
      segments = LogSegments(
        try found.dropLast().map { (base) throws(FileError) in
          let file = try files.open(folder + "/" + SegmentName.text(base), .read)
          return LogSegments.Segment(base: base, bytes: try file.size())
        } + [LogSegments.Segment(base: last, bytes: try file.size())]
          + (begun.map { [LogSegments.Segment(base: $0.base, bytes: $0.end)] } ?? []))
    } catch {
      throw EventLogError(opening: error)
    }
  }
}
