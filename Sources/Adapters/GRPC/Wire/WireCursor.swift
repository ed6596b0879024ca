import Domain

/// A reading position in protobuf's wire format (https://protobuf.dev/programming-guides/encoding/), over bytes that are
/// not trusted.
///
/// The span is passed to each call, since a struct of ours cannot hold one without an experimental compiler flag.
/// Everything is inlined into the walkers: a call a field would cost more than the field.
struct WireCursor {
  private(set) var offset: Int
  let end: Int

  init(_ range: Range<Int>) {
    offset = range.lowerBound
    end = range.upperBound
  }

  @inline(__always)
  var isAtEnd: Bool { offset == end }

  /// Passes over a byte that the caller has looked at.
  @inline(__always)
  mutating func advance() { offset &+= 1 }

  /// The next field's number << 3 | wire type.
  @inline(__always)
  mutating func tag(_ bytes: Span<UInt8>) throws(DecodingError) -> UInt64 {
    if offset < end {
      // Our own fields have numbers below 16: one byte.
      let byte = bytes[offset]
      if byte < 0x80, byte >= 8 {
        offset &+= 1
        return UInt64(byte)
      }
    }
    return try longTag(bytes)
  }

  @inline(__always)
  mutating func varint(_ bytes: Span<UInt8>) throws(DecodingError) -> UInt64 {
    if offset < end {
      let byte = bytes[offset]
      if byte < 0x80 {
        offset &+= 1
        return UInt64(byte)
      }
    }
    return try longVarint(bytes)
  }

  /// Little-endian.
  @inline(__always)
  mutating func fixed64(_ bytes: Span<UInt8>) throws(DecodingError) -> UInt64 {
    guard end &- offset >= 8 else { throw Self.truncated(offset, needs: 8, has: end - offset) }
    defer { offset &+= 8 }
    return bytes.uint64(at: offset)
  }

  /// The range of a length-delimited field's payload.
  @inline(__always)
  mutating func payload(_ bytes: Span<UInt8>) throws(DecodingError) -> Range<Int> {
    let length = try varint(bytes)
    guard length <= UInt64(end &- offset) else { throw Self.truncated(offset, needs: length, has: end - offset) }
    let start = offset
    offset &+= Int(length)
    return start..<offset
  }

  /// The payload of a `string` field.
  mutating func text(_ bytes: Span<UInt8>) throws(DecodingError) -> String {
    let range = try payload(bytes)
    guard let text = String(validating: bytes.extracting(range)) else {
      throw DecodingError(.malformed, at: range.lowerBound, "a text is not UTF-8")
    }
    return text
  }

  /// A number of bytes or things; what does not fit an `Int` is as good as the largest one.
  mutating func size(_ bytes: Span<UInt8>) throws(DecodingError) -> Int { Int(clamping: try varint(bytes)) }

  /// Passes over a field that the reader does not know.
  mutating func skip(_ tag: UInt64, _ bytes: Span<UInt8>) throws(DecodingError) {
    switch tag & 7 {
    case 0: _ = try varint(bytes)
    case 1: _ = try fixed64(bytes)
    case 2: _ = try payload(bytes)
    case 5:
      guard end - offset >= 4 else { throw Self.truncated(offset, needs: 4, has: end - offset) }
      offset += 4
    case let type:
      throw DecodingError(.malformed, at: offset, "field \(tag >> 3) has the wire type \(type), expected 0, 1, 2 or 5")
    }
  }

  @inline(never)
  private mutating func longTag(_ bytes: Span<UInt8>) throws(DecodingError) -> UInt64 {
    let start = offset
    let tag = try varint(bytes)
    guard tag >= 8, tag <= UInt64(UInt32.max) else {
      throw DecodingError(.malformed, at: start, "a field has the tag \(tag), expected a number of 1 to 536870911")
    }
    return tag
  }

  @inline(never)
  private mutating func longVarint(_ bytes: Span<UInt8>) throws(DecodingError) -> UInt64 {
    var value: UInt64 = 0
    let start = offset
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard offset < end else { throw DecodingError(.truncated, at: start, "a varint is cut off") }
      let byte = bytes[offset]
      offset += 1
      // The tenth byte holds the last bit.
      if shift == 63, byte > 1 { break }
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { return value }
    }
    throw DecodingError(.malformed, at: start, "a varint has over 64 bits")
  }

  @inline(never)
  private static func truncated(_ offset: Int, needs: some BinaryInteger, has: Int) -> DecodingError {
    DecodingError(.truncated, at: offset, "a field of \(needs) bytes has \(has) bytes left")
  }
}
