/// The stored form of a window, for indexes and snapshots. All integers little-endian:
///
///     version (1 byte) · last append, ns (8) · slots (varint) · first sequence (8, if there are slots)
///     · a bit a slot, lowest first: whether its sequence was taken · CRC-32C digest of each taken one (4)
///
/// Slot n stands for sequence `first + n`; the first and the last slot are taken, and there are at most `width`: what
/// lies behind the window is not stored, so windows that judge alike have the same bytes.
extension SequenceWindow {
  package static let encodingVersion: UInt8 = 1

  package var encoded: [UInt8] {
    var bytes: [UInt8] = [Self.encodingVersion]
    bytes.append(int64: lastAppend.nanoseconds)
    let entries = entries
    guard let start = entries.first?.sequence, let newest else {
      bytes.append(varint: 0)
      return bytes
    }
    let slots = Int(newest - start) + 1
    bytes.reserveCapacity(24 + slots / 8 + entries.count * 4)
    bytes.append(varint: UInt64(slots))
    bytes.append(uint64: start)
    var bitmap = [UInt8](repeating: 0, count: (slots + 7) / 8)
    for entry in entries {
      let slot = Int(entry.sequence - start)
      bitmap[slot >> 3] |= 1 << UInt8(slot & 7)
    }
    bytes.append(contentsOf: bitmap)
    bytes.append(column: entries.map(\.digest))
    return bytes
  }

  /// - Throws: If the bytes are not such a form, or of a newer version.
  package init(encoded bytes: Span<UInt8>) throws(DecodingError) {
    self.init()
    var cursor = ByteCursor(end: bytes.count)
    let version = try cursor.uint8(bytes)
    guard version == Self.encodingVersion else {
      throw DecodingError(
        .unsupportedVersion, at: 0, "a window has version \(version), this build reads \(Self.encodingVersion)")
    }
    lastAppend = Timestamp(nanoseconds: try cursor.int64(bytes))
    let slots = try cursor.varint(bytes)
    if slots > 0 { try decodeSlots(slots, bytes, &cursor) }
    guard cursor.remaining == 0 else {
      throw DecodingError(.malformed, at: cursor.offset, "\(cursor.remaining) bytes follow a window")
    }
  }

  private mutating func decodeSlots(
    _ slots: UInt64, _ bytes: Span<UInt8>, _ cursor: inout ByteCursor
  ) throws(DecodingError) {
    guard slots <= Self.width else {
      throw DecodingError(
        .malformed, at: cursor.offset, "a window has \(slots) slots, at most \(Self.width) are allowed")
    }
    let count = Int(slots)
    first = try cursor.uint64(bytes)
    let (last, overflows) = first.addingReportingOverflow(slots - 1)
    guard !overflows else { throw DecodingError(.malformed, at: cursor.offset, "a window ends beyond 64 bits") }
    let bitmap = bytes.extracting(try cursor.take((count + 7) / 8))
    func isTaken(_ slot: Int) -> Bool { bitmap[slot >> 3] & (1 << UInt8(slot & 7)) != 0 }
    guard isTaken(0), isTaken(count - 1) else {
      throw DecodingError(.malformed, at: cursor.offset, "a window begins or ends with a sequence that was not taken")
    }
    digests = DigestRing(span: slots)
    for slot in 0..<count where isTaken(slot) { digests.set(first + UInt64(slot), to: try cursor.uint32(bytes)) }
    newest = last
  }
}
