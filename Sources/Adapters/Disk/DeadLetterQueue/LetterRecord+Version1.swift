import Domain

/// Version 1 of the file: every frame a letter, without a number, and ids in a layout of their own.
extension LetterRecord {
  /// - Parameter number: Its place in the file, from 1.
  init(version1 bytes: Span<UInt8>, number: UInt64) throws(DecodingError) {
    var cursor = ByteCursor(end: bytes.count)
    let id = try Self.idOfVersion1(bytes, at: &cursor)
    self = .letter(number, try Self.letter(id, bytes, at: &cursor))
  }

  private static func idOfVersion1(
    _ bytes: Span<UInt8>, at cursor: inout ByteCursor
  ) throws(DecodingError) -> DeadLetterID {
    if try flag(bytes, at: &cursor) {
      let checksum = try cursor.uint32(bytes)
      return .bytes(checksum: checksum, count: Int(clamping: try cursor.uint64(bytes)))
    }
    let key = try WindowKey(bytes, at: &cursor)
    let sequence = try cursor.uint64(bytes)
    let digest = try cursor.uint32(bytes)
    let index = try flag(bytes, at: &cursor) ? try cursor.uint32(bytes) : nil
    return .batch(key, sequence: sequence, digest: digest, index: index)
  }
}
