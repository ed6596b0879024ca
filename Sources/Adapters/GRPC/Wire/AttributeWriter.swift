import Domain

/// Turns attributes as the columns hold them (`AttributeEncoding`) into `KeyValue` fields.
///
/// The columns are this process's own, so bytes that are not as the encoding says are a fault of ours: nothing is
/// written from there on.
enum AttributeWriter {
  /// One attribute: ranges into the columns' bytes, and the size of its `KeyValue` payload.
  private struct Piece {
    var key: Range<Int>
    var type: UInt8
    var string: Range<Int>
    var bits: UInt64
    var size: Int
  }

  /// Bytes of the fields that `write` appends.
  static func size(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
    var total = 0
    var offset = range.lowerBound
    while offset < range.upperBound {
      guard let piece = next(bytes, at: &offset, end: range.upperBound) else { break }
      total &+= WireSize.field(piece.size)
    }
    return total
  }

  /// - Parameter tag: Of the repeated `KeyValue` field; one byte.
  static func write(_ bytes: Span<UInt8>, _ range: Range<Int>, tag: UInt64, to output: inout [UInt8]) {
    var offset = range.lowerBound
    while offset < range.upperBound {
      guard let piece = next(bytes, at: &offset, end: range.upperBound) else { break }
      output.append(tag: tag, varint: UInt64(piece.size))
      output.append(tag: IngestorFields.KeyValue.key, bytes: bytes.extracting(piece.key))
      switch piece.type {
      case 1: output.append(tag: IngestorFields.KeyValue.stringValue, bytes: bytes.extracting(piece.string))
      case 2: output.append(tag: IngestorFields.KeyValue.intValue, varint: piece.bits)
      case 3: output.append(tag: IngestorFields.KeyValue.doubleValue, fixed64: piece.bits)
      default: output.append(tag: IngestorFields.KeyValue.boolValue, varint: piece.bits)
      }
    }
  }

  @inline(__always)
  private static func next(_ bytes: Span<UInt8>, at offset: inout Int, end: Int) -> Piece? {
    var cursor = WireCursor(offset..<end)
    defer { offset = cursor.offset }
    do throws(DecodingError) {
      let key = try cursor.payload(bytes)
      guard !cursor.isAtEnd else { return nil }
      var piece = Piece(key: key, type: bytes[cursor.offset], string: 0..<0, bits: 0, size: WireSize.field(key.count))
      cursor.advance()
      switch piece.type {
      case 1:
        piece.string = try cursor.payload(bytes)
        piece.size &+= WireSize.field(piece.string.count)
      case 2:
        let value = try cursor.varint(bytes)
        piece.bits = (value >> 1) ^ (0 &- (value & 1))
        piece.size &+= 1 &+ WireSize.varint(piece.bits)
      case 3:
        piece.bits = try cursor.fixed64(bytes)
        piece.size &+= 9
      default:
        piece.bits = piece.type == 5 ? 1 : 0
        piece.size &+= 2
      }
      return piece
    } catch { return nil }
  }
}
