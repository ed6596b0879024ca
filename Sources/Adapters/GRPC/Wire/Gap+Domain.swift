import Domain

/// A gap as the processors' protocol has it.
extension Gap {
  private typealias Fields = ProcessorFields.Gap

  var encoded: [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(tag: Fields.epoch, identifier: epoch.value)
    bytes.append(tag: Fields.fromOffset, nonZero: from)
    bytes.append(tag: Fields.endOffset, nonZero: end)
    bytes.append(tag: Fields.firstUnixNano, fixed64: UInt64(bitPattern: times.lowerBound.nanoseconds))
    bytes.append(tag: Fields.lastUnixNano, fixed64: UInt64(bitPattern: times.upperBound.nanoseconds))
    return bytes
  }

  init(wire bytes: Span<UInt8>, _ range: Range<Int>) throws(DecodingError) {
    var cursor = WireCursor(range)
    var epoch: LogEpoch?
    var (from, end): (UInt64, UInt64) = (0, 0)
    var (first, last) = (Timestamp.epoch, Timestamp.epoch)
    while !cursor.isAtEnd {
      switch try cursor.tag(bytes) {
      case Fields.epoch: epoch = try LogEpoch(wire: bytes, try cursor.payload(bytes))
      case Fields.fromOffset: from = try cursor.varint(bytes)
      case Fields.endOffset: end = try cursor.varint(bytes)
      case Fields.firstUnixNano: first = Timestamp(nanoseconds: Int64(bitPattern: try cursor.fixed64(bytes)))
      case Fields.lastUnixNano: last = Timestamp(nanoseconds: Int64(bitPattern: try cursor.fixed64(bytes)))
      case let tag: try cursor.skip(tag, bytes)
      }
    }
    guard let epoch, first <= last else {
      throw DecodingError(.malformed, at: range.lowerBound, "a gap has no epoch, or ends before it begins")
    }
    self.init(epoch: epoch, from: from, end: end, times: first...last)
  }
}

extension LogEpoch {
  /// Sixteen bytes of a message.
  init(wire bytes: Span<UInt8>, _ range: Range<Int>) throws(DecodingError) {
    guard let value = Identifier128(bytes: bytes.extracting(range)) else {
      throw DecodingError(.malformed, at: range.lowerBound, "an epoch has \(range.count) bytes, expected 16")
    }
    self.init(value)
  }
}
