/// Views of bytes are `Span<UInt8>` throughout, not `RawSpan`: a safe property gives one (`array.span`).
///
/// Little-endian loads at any alignment, bounds-checked. Out of bounds is a programming error: decoders check lengths
/// first and throw `DecodingError`.
extension Span where Element == UInt8 {
  @inlinable @inline(__always)
  package func uint8(at offset: Int) -> UInt8 { self[offset] }

  @inlinable @inline(__always)
  package func uint16(at offset: Int) -> UInt16 { UInt16(littleEndian: load(UInt16.self, at: offset)) }

  @inlinable @inline(__always)
  package func uint32(at offset: Int) -> UInt32 { UInt32(littleEndian: load(UInt32.self, at: offset)) }

  @inlinable @inline(__always)
  package func uint64(at offset: Int) -> UInt64 { UInt64(littleEndian: load(UInt64.self, at: offset)) }

  @inlinable @inline(__always)
  package func int64(at offset: Int) -> Int64 { Int64(bitPattern: uint64(at: offset)) }

  @inlinable @inline(__always)
  func load<Value: BitwiseCopyable>(_ type: Value.Type, at offset: Int) -> Value {
    // `bytes` checks the bounds; it is unsafe for types with padding or invalid patterns, which integers have not.
    unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: type)
  }
}
