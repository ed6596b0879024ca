import Application
package import Domain

/// How one partition of a log is, without changing it.
package struct PartitionSurvey: Sendable {
  package let partition: PartitionID
  /// Nil if no segment and no copy beside them says it.
  package let epoch: LogEpoch?
  /// The first offset that is there; where no segment is, that below which everything was durable once.
  package let start: UInt64
  /// The offset of the next record; nil if there was no time to read the last segment.
  package private(set) var end: UInt64?
  /// Of all segments.
  package private(set) var bytes = 0
  package let segments: Int
  /// Segments whose frames were looked at, the newest first.
  package private(set) var segmentsRead = 0
  /// What a crash left of a write that was never acknowledged: the next start takes it away.
  package private(set) var tornBytes = 0
  /// Records that cannot be read, in words, with the file they are in.
  package private(set) var damage: [String] = []
  /// What is wrong with headers of segments, whose records are read all the same.
  package let damagedHeaders: [String]
  /// Paths of files that are kept since something in them is damaged.
  package let keptFiles: [String]

  /// Blocks.
  ///
  /// - Parameter deadline: No segment is begun after it.
  /// - Throws: `.rejected` for segments of two logs, a newer version, or a folder that must not be read.
  init(
    _ partition: PartitionID, _ folder: String, until deadline: ContinuousClock.Instant, _ files: any FileSystem
  ) throws(EventLogError) {
    let names: [String]
    do throws(FileError) { names = try files.entries(of: folder).map(\.name) } catch {
      throw EventLogError(reading: error)
    }
    let bases = names.compactMap { SegmentName.base($0) }.sorted()
    let headers = try SegmentHeaders(partition, folder, bases, files)
    self.partition = partition
    epoch = headers.epoch
    let mark = epoch.flatMap { DurableEndFile.read(in: folder, of: $0, files) }
    start = bases.first ?? mark?.offset ?? 0
    end = bases.isEmpty ? LogEnd(withoutSegments: mark).offset : nil
    segments = bases.count
    damagedHeaders = headers.damage
    keptFiles = names.filter(DamagedSegmentName.isOne).sorted().map { folder + "/" + $0 }
    if let end, end > 0 {
      damage.append(
        "'\(folder)' has no segment: everything below offset \(start) was durable"
          + (mark?.isExact == true ? "" : ", and nobody knows how much behind it"))
    }
    do throws(FileError) {
      for (index, base) in bases.enumerated().reversed() {
        let file = try files.open(folder + "/" + SegmentName.text(base), .read)
        bytes += try file.size()
        guard let epoch, ContinuousClock.now < deadline else { continue }
        if index + 1 < bases.count {
          look(through: file, try SegmentScan.sealed(file, base: base, end: bases[index + 1], epoch: epoch))
        } else {
          let durable = mark?.offset ?? 0
          let found = try SegmentScan.last(file, base: base, epoch: epoch, durableBelow: durable)
          let isHeaderDamaged = headers.damagedBases.contains(base)
          let logEnd = LogEnd(found, mark, fileBytes: try file.size(), isHeaderDamaged: isHeaderDamaged)
          end = logEnd.offset
          tornBytes = max(0, try file.size() - found.end)
          if logEnd.isOpen {
            damage.append(
              "'\(file.path)': an unknown number of records from offset \(found.nextOffset) on is not there")
          } else if found.nextOffset < logEnd.offset {
            damage.append(
              "'\(file.path)': offsets \(found.nextOffset) to \(logEnd.offset - 1) were durable and are not there")
          }
          look(through: file, found)
        }
      }
    } catch { throw EventLogError(reading: error) }
  }

  private mutating func look(through file: any File, _ found: SegmentScan.Outcome) {
    segmentsRead += 1
    damage += found.index.holes.map { hole in
      "'\(file.path)': offsets \(hole.offsets.lowerBound) to \(hole.offsets.upperBound - 1) cannot be read, "
        + "from byte \(hole.position) on"
    }
  }
}
