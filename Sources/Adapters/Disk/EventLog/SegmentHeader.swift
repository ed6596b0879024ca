import Domain

/// The first 64 bytes of a segment file: whose it is and where it begins. `README.md` has the layout.
struct SegmentHeader: Equatable, Sendable {
  static let byteCount = 64
  static let version: UInt32 = 1
  private static let magic = Array("cwlogseg".utf8)

  let partition: PartitionID
  let epoch: LogEpoch
  /// Offset of the first record.
  let base: UInt64
  let created: Timestamp

  init(partition: PartitionID, epoch: LogEpoch, base: UInt64, created: Timestamp) {
    self.partition = partition
    self.epoch = epoch
    self.base = base
    self.created = created
  }

  /// - Throws: What is wrong with it; a newer version is told from damage.
  init(_ bytes: Span<UInt8>) throws(DecodingError) {
    var cursor = ByteCursor(end: bytes.count)
    let magic = [UInt8](bytes.extracting(try cursor.take(Self.magic.count)))
    guard magic == Self.magic else {
      throw DecodingError(.malformed, at: 0, "a segment does not begin with 'cwlogseg'")
    }
    // Before the checksum: a newer version may keep it elsewhere.
    let version = try cursor.uint32(bytes)
    guard version == Self.version else {
      throw DecodingError(
        .unsupportedVersion, at: 8, "it has format \(version), this build reads \(Self.version): upgrade cordwood")
    }
    partition = PartitionID(Int(try cursor.uint32(bytes)))
    epoch = LogEpoch(try Identifier128(bytes, at: &cursor))
    base = try cursor.uint64(bytes)
    created = Timestamp(nanoseconds: try cursor.int64(bytes))
    let checked = try cursor.take(Self.byteCount - 4 - cursor.offset).upperBound
    guard try cursor.uint32(bytes) == CRC32C.checksum(bytes.extracting(0..<checked)) else {
      throw DecodingError(.corrupt, at: checked, "the checksum of a segment's header does not fit")
    }
  }

  func encoded() -> [UInt8] {
    var bytes = Self.magic
    bytes.append(uint32: Self.version)
    bytes.append(uint32: UInt32(partition.number))
    epoch.value.append(to: &bytes)
    bytes.append(uint64: base)
    bytes.append(int64: created.nanoseconds)
    while bytes.count < Self.byteCount - 4 { bytes.append(0) }
    bytes.append(uint32: CRC32C.checksum(bytes.span))
    return bytes
  }
}
