import Domain

/// The 32 bytes in front of each record in a segment. `README.md` has the layout.
///
/// Its checksum covers the header and the record's first eight bytes, among them the record's own checksum; that one
/// covers the rest, so no byte is summed twice when it is written. It starts with the epoch, so that frames of another log,
/// or bytes that a sender made up to look like one, are none.
struct RecordFrame: Equatable, Sendable {
  static let headerBytes = 32
  /// What a record has at least: its envelope.
  static let minimumRecordBytes = EncodedRecord.envelopeBytes

  /// Bytes of the record.
  let length: Int
  let offset: UInt64
  let appended: Timestamp
  /// The offset below which everything was durable when this frame was written. Tells damage from a torn tail: damage lies
  /// below the mark of a later frame.
  let durableBelow: UInt64

  init(length: Int, offset: UInt64, appended: Timestamp, durableBelow: UInt64) {
    self.length = length
    self.offset = offset
    self.appended = appended
    self.durableBelow = durableBelow
  }

  /// Nil if there is no whole, undamaged header with the beginning of a record at `position`.
  init?(_ bytes: Span<UInt8>, at position: Int, _ epoch: CRC32C) {
    guard bytes.count - position >= Self.headerBytes + Self.minimumRecordBytes else { return nil }
    length = Int(bytes.uint32(at: position + 4))
    offset = bytes.uint64(at: position + 8)
    appended = Timestamp(nanoseconds: bytes.int64(at: position + 16))
    durableBelow = bytes.uint64(at: position + 24)
    let checked = (position + 4)..<(position + Self.headerBytes + Self.minimumRecordBytes)
    var checksum = epoch
    checksum.update(bytes.extracting(checked))
    guard length >= Self.minimumRecordBytes, checksum.value == bytes.uint32(at: position) else { return nil }
  }

  /// Header and record.
  var byteCount: Int { Self.headerBytes + length }

  /// - Parameter record: `length` bytes, of which only the first eight are looked at.
  func appendHeader(to bytes: inout [UInt8], record: Span<UInt8>, _ epoch: CRC32C) {
    let start = bytes.count
    bytes.append(uint32: 0)
    bytes.append(uint32: UInt32(length))
    bytes.append(uint64: offset)
    bytes.append(int64: appended.nanoseconds)
    bytes.append(uint64: durableBelow)
    var checksum = epoch
    checksum.update(bytes.span.extracting((start + 4)...))
    checksum.update(record.extracting(0..<Self.minimumRecordBytes))
    bytes.replace(uint32: checksum.value, at: start)
  }

  /// What the checksums of an epoch's frames start from.
  static func checksumStart(_ epoch: LogEpoch) -> CRC32C {
    var bytes: [UInt8] = []
    epoch.value.append(to: &bytes)
    var checksum = CRC32C()
    checksum.update(bytes.span)
    return checksum
  }
}
