/// Appending to byte buffers: integers little-endian, varints as in protobuf (LEB128), spans by one copy.
extension [UInt8] {
  @inlinable
  package mutating func append(uint16 value: UInt16) { appendBytes(of: value.littleEndian) }

  @inlinable
  package mutating func append(uint32 value: UInt32) { appendBytes(of: value.littleEndian) }

  @inlinable
  package mutating func append(uint64 value: UInt64) { appendBytes(of: value.littleEndian) }

  @inlinable
  package mutating func append(int64 value: Int64) { append(uint64: UInt64(bitPattern: value)) }

  @inlinable
  package mutating func append(varint value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(truncatingIfNeeded: rest))
  }

  /// Small magnitudes of either sign in few bytes (protobuf's sint64).
  @inlinable
  package mutating func append(zigzag value: Int64) {
    append(varint: UInt64(bitPattern: (value << 1) ^ (value >> 63)))
  }

  @inlinable
  package mutating func append(_ span: Span<UInt8>) {
    unsafe span.withUnsafeBytes { bytes in unsafe append(contentsOf: bytes) }
  }

  /// The length as a varint, then the bytes.
  @inlinable
  package mutating func append(lengthPrefixed span: Span<UInt8>) {
    append(varint: UInt64(span.count))
    append(span)
  }

  package mutating func append(lengthPrefixed text: String) {
    append(varint: UInt64(text.utf8.count))
    append(contentsOf: text.utf8)
  }

  /// A whole column in one copy: integers as they lie in memory, which is little-endian on every machine we build for.
  @inlinable
  package mutating func append<Value: FixedWidthInteger & BitwiseCopyable>(column values: [Value]) {
    #if _endian(big)
      #error("columns are stored as they lie in memory: a big-endian build must swap them")
    #endif
    unsafe values.withUnsafeBytes { bytes in unsafe append(contentsOf: bytes) }
  }

  /// Overwrites four bytes at `offset`, which must exist.
  package mutating func replace(uint32 value: UInt32, at offset: Int) {
    for index in 0..<4 { self[offset + index] = UInt8(truncatingIfNeeded: value >> (8 * UInt32(index))) }
  }

  @inlinable
  mutating func appendBytes<Value: BitwiseCopyable>(of value: Value) {
    unsafe Swift.withUnsafeBytes(of: value) { bytes in unsafe append(contentsOf: bytes) }
  }

  /// A copy of what the span shows.
  @inlinable
  package init(_ span: Span<UInt8>) {
    self = unsafe span.withUnsafeBytes { unsafe [UInt8]($0) }
  }
}
