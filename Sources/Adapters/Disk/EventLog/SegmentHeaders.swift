import Application
import Domain

/// What the headers of a partition's segments say together.
struct SegmentHeaders: Sendable {
  /// What those that can be read agree on, or else the copy beside them; nil if neither is there.
  let epoch: LogEpoch?
  /// Segments whose header is damaged. Their base is in their name, so a known epoch is enough to read the records.
  private(set) var damagedBases: Set<UInt64> = []
  /// What is wrong with them.
  private(set) var damage: [String] = []

  /// Blocks.
  ///
  /// - Throws: `.rejected` for segments of another partition or two logs in one folder, and for a newer version.
  init(
    _ partition: PartitionID, _ folder: String, _ bases: [UInt64], _ files: any FileSystem
  ) throws(EventLogError) {
    var epoch: LogEpoch?
    for base in bases {
      let path = folder + "/" + SegmentName.text(base)
      let bytes: [UInt8]
      do throws(FileError) { bytes = try files.open(path, .read).read(SegmentHeader.byteCount, at: 0) } catch {
        throw EventLogError(reading: error)
      }
      let header: SegmentHeader
      do throws(DecodingError) {
        header = try SegmentHeader(bytes.span)
      } catch {
        if error.kind == .unsupportedVersion { throw .rejected(reason: "'\(path)' cannot be read: \(error.reason)") }
        damagedBases.insert(base)
        damage.append("'\(path)': \(error)")
        continue
      }
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
    self.epoch = epoch ?? EpochFile.read(in: folder, files)
  }
}
