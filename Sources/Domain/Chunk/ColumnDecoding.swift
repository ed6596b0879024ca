/// Decoders of the simple columns of a row group.
enum ColumnDecoding {
  /// Values from the differences between them.
  static func differences(_ column: [UInt8], count: Int) throws(DecodingError) -> [Int64] {
    let bytes = column.span
    // The first column that is decoded: a row count that is made up asks for no memory.
    guard count <= bytes.count else {
      throw DecodingError(.truncated, at: 0, "\(bytes.count) bytes hold no times of \(count) rows")
    }
    var cursor = ByteCursor(end: bytes.count)
    var values: [Int64] = []
    values.reserveCapacity(count)
    var value: Int64 = 0
    for _ in 0..<count {
      value &+= try cursor.zigzag(bytes)
      values.append(value)
    }
    try expectEnd(cursor, "timestamps")
    return values
  }

  static func severities(
    _ column: [UInt8], count: Int, texts: Int
  ) throws(DecodingError) -> (numbers: [UInt8], texts: [UInt32]) {
    let numbers = try severityNumbers(column, count: count)
    let bytes = column.span
    var cursor = ByteCursor(at: count, end: bytes.count)
    var indexes: [UInt32] = []
    indexes.reserveCapacity(count)
    for _ in 0..<count {
      let index = try cursor.varint(bytes)
      guard index < UInt64(texts) else {
        throw DecodingError(.malformed, at: cursor.offset, "an unknown severity text")
      }
      indexes.append(UInt32(index))
    }
    try expectEnd(cursor, "severities")
    return (numbers, indexes)
  }

  /// The numbers alone, without looking at the texts.
  static func severityNumbers(_ column: [UInt8], count: Int) throws(DecodingError) -> [UInt8] {
    let bytes = column.span
    var cursor = ByteCursor(end: bytes.count)
    let numbers = [UInt8](bytes.extracting(try cursor.take(count)))
    guard numbers.allSatisfy({ $0 <= 24 }) else { throw DecodingError(.malformed, at: 0, "a severity above 24") }
    return numbers
  }

  /// Where each piece ends, from their lengths, which must add up to `total`.
  static func ends(_ column: [UInt8], count: Int, total: Int) throws(DecodingError) -> [UInt32] {
    let bytes = column.span
    var cursor = ByteCursor(end: bytes.count)
    let ends = try Self.ends(bytes, at: &cursor, count: count, total: total)
    try expectEnd(cursor, "message lengths")
    return ends
  }

  static func ends(
    _ bytes: Span<UInt8>, at cursor: inout ByteCursor, count: Int, total: Int?
  ) throws(DecodingError) -> [UInt32] {
    var ends: [UInt32] = []
    ends.reserveCapacity(count)
    var end: UInt64 = 0
    for _ in 0..<count {
      let length = try cursor.varint(bytes)
      guard length <= RowGroupBlock.maximumBytes, end + length <= UInt64(UInt32.max) else {
        throw DecodingError(.malformed, at: cursor.offset, "a length of \(length)")
      }
      end += length
      ends.append(UInt32(end))
    }
    if let total, end != UInt64(total) {
      throw DecodingError(.malformed, at: cursor.offset, "lengths add up to \(end) for \(total) bytes")
    }
    return ends
  }

  static func expectEnd(_ cursor: ByteCursor, _ column: String) throws(DecodingError) {
    guard cursor.remaining == 0 else {
      throw DecodingError(
        .malformed, at: cursor.offset, "\(cursor.remaining) bytes too many in the column of \(column)")
    }
  }
}
