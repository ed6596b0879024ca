import Domain

/// What one message of the dead letters' topic holds: a version (1 byte), then records, each with its length before it. All of
/// a message become durable together.
struct LetterMessage: Sendable {
  static let version: UInt8 = 1
  /// A message ends before it would have more bytes, but holds one record at least.
  static let bytes = 1 << 20
  /// Records of a message at most: a letter's number is its message's offset times this, plus its place counted from 1.
  static let records: UInt64 = 1 << 16

  static func number(offset: UInt64, index: Int) -> UInt64 { offset * records + UInt64(index) + 1 }

  /// Offset and place of the record with this number.
  static func place(of number: UInt64) -> (offset: UInt64, index: Int) {
    ((number - 1) / records, Int((number - 1) % records))
  }

  static func encoded(_ all: [LetterRecord]) -> [[UInt8]] {
    var messages: [[UInt8]] = []
    var message: [UInt8] = [version]
    var count: UInt64 = 0
    for record in all {
      let bytes = record.encoded
      if count > 0, message.count + bytes.count > Self.bytes || count == records - 1 {
        messages.append(message)
        (message, count) = ([version], 0)
      }
      message.append(lengthPrefixed: bytes.span)
      count += 1
    }
    if count > 0 { messages.append(message) }
    return messages
  }

  /// - Throws: If it is no message of ours, or of a newer version.
  static func decoded(_ bytes: Span<UInt8>) throws(DecodingError) -> [LetterRecord] {
    var cursor = ByteCursor(end: bytes.count)
    let found = try cursor.uint8(bytes)
    guard found == version else {
      throw DecodingError(.unsupportedVersion, at: 0, "a message has version \(found), this build reads \(version)")
    }
    var records: [LetterRecord] = []
    while cursor.remaining > 0 { records.append(try LetterRecord(bytes.extracting(try cursor.lengthPrefixed(bytes)))) }
    return records
  }
}
