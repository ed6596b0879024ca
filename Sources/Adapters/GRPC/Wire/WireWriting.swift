import Domain

/// Appending protobuf fields. proto3 leaves out what has its default value; the caller decides, since a member of a
/// oneof is written also when it is zero.
extension [UInt8] {
  @inline(__always)
  mutating func append(tag: UInt64, varint value: UInt64) {
    append(short: tag)
    append(short: value)
  }

  /// A varint that is mostly one byte (tags, lengths): that case without a call.
  @inline(__always)
  private mutating func append(short value: UInt64) {
    if value < 0x80 { append(UInt8(truncatingIfNeeded: value)) } else { append(varint: value) }
  }

  @inline(__always)
  mutating func append(tag: UInt64, fixed64 value: UInt64) {
    append(short: tag)
    append(uint64: value)
  }

  @inline(__always)
  mutating func append(tag: UInt64, bytes: Span<UInt8>) {
    append(short: tag)
    append(short: UInt64(bytes.count))
    append(bytes)
  }

  mutating func append(tag: UInt64, text: String) {
    append(varint: tag)
    append(lengthPrefixed: text)
  }

  mutating func append(tag: UInt64, message: [UInt8]) {
    append(tag: tag, bytes: message.span)
  }

  /// Its sixteen bytes.
  mutating func append(tag: UInt64, identifier: Identifier128) {
    append(varint: tag)
    append(varint: 16)
    identifier.append(to: &self)
  }

  mutating func append(tag: UInt64, nonZero value: some BinaryInteger) {
    if value != 0 { append(tag: tag, varint: UInt64(value)) }
  }

  mutating func append(tag: UInt64, nonEmpty text: String) {
    if !text.isEmpty { append(tag: tag, text: text) }
  }
}

/// Sizes of what the functions above append.
enum WireSize {
  @inline(__always)
  static func varint(_ value: UInt64) -> Int {
    // Seven bits a byte: (bits + 6) / 7 without a division.
    value < 0x80 ? 1 : ((64 &- (value | 1).leadingZeroBitCount) &* 9 &+ 64) >> 6
  }

  /// A length-delimited field with a tag of one byte.
  @inline(__always)
  static func field(_ count: Int) -> Int { 1 &+ varint(UInt64(count)) &+ count }
}
