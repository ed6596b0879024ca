/// A reading position over bytes that are not trusted: every read checks what is left and throws `DecodingError`.
///
/// The span is passed to each call, since a struct of ours cannot hold one without an experimental compiler flag.
package struct ByteCursor: Sendable {
  package private(set) var offset: Int
  package let end: Int

  package init(at offset: Int = 0, end: Int) {
    self.offset = offset
    self.end = end
  }

  package var remaining: Int { end - offset }

  package mutating func uint8(_ bytes: Span<UInt8>) throws(DecodingError) -> UInt8 {
    bytes.uint8(at: try take(1).lowerBound)
  }

  package mutating func uint16(_ bytes: Span<UInt8>) throws(DecodingError) -> UInt16 {
    bytes.uint16(at: try take(2).lowerBound)
  }

  package mutating func uint32(_ bytes: Span<UInt8>) throws(DecodingError) -> UInt32 {
    bytes.uint32(at: try take(4).lowerBound)
  }

  package mutating func uint64(_ bytes: Span<UInt8>) throws(DecodingError) -> UInt64 {
    bytes.uint64(at: try take(8).lowerBound)
  }

  package mutating func int64(_ bytes: Span<UInt8>) throws(DecodingError) -> Int64 {
    Int64(bitPattern: try uint64(bytes))
  }

  package mutating func varint(_ bytes: Span<UInt8>) throws(DecodingError) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    let start = offset
    while true {
      let byte = try uint8(bytes)
      if shift == 63, byte > 1 { throw DecodingError(.malformed, at: start, "a varint has over 64 bits") }
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { return value }
      shift += 7
      if shift > 63 { throw DecodingError(.malformed, at: start, "a varint has over ten bytes") }
    }
  }

  package mutating func zigzag(_ bytes: Span<UInt8>) throws(DecodingError) -> Int64 {
    let value = try varint(bytes)
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }

  /// A varint that counts things of at least `size` bytes each, so a corrupt one cannot ask for more memory than there
  /// are bytes left.
  package mutating func count(_ bytes: Span<UInt8>, ofAtLeast size: Int) throws(DecodingError) -> Int {
    let start = offset
    let value = try varint(bytes)
    guard value <= UInt64(remaining / Swift.max(size, 1)) else {
      throw DecodingError(
        .malformed, at: start, "a count of \(value) is more than the \(remaining) bytes left can hold")
    }
    return Int(value)
  }

  /// The range of a length-prefixed piece.
  package mutating func lengthPrefixed(_ bytes: Span<UInt8>) throws(DecodingError) -> Range<Int> {
    try take(try count(bytes, ofAtLeast: 1))
  }

  package mutating func text(_ bytes: Span<UInt8>) throws(DecodingError) -> String {
    let range = try lengthPrefixed(bytes)
    guard let text = String(validating: bytes.extracting(range)) else {
      throw DecodingError(.malformed, at: range.lowerBound, "a text is not UTF-8")
    }
    return text
  }

  /// The next `count` bytes.
  package mutating func take(_ count: Int) throws(DecodingError) -> Range<Int> {
    guard count >= 0, count <= remaining else {
      throw DecodingError(.truncated, at: offset, "\(count) bytes wanted, \(remaining) left")
    }
    defer { offset += count }
    return offset..<(offset + count)
  }
}
