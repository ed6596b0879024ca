/// Trace and span ids as lines spell them: hexadecimal digits of either case.
enum HexadecimalID {
  /// Nil unless there are 32 digits, not all of them 0.
  static func traceID(_ text: Span<UInt8>) -> TraceID? {
    guard text.count == 32, let high = value(text, 0..<16), let low = value(text, 16..<32) else { return nil }
    return TraceID(Identifier128(high: high, low: low))
  }

  /// Nil unless there are 16 digits, not all of them 0.
  static func spanID(_ text: Span<UInt8>) -> SpanID? {
    guard text.count == 16, let value = value(text, 0..<16) else { return nil }
    return SpanID(value)
  }

  private static func value(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt64? {
    var value: UInt64 = 0
    for offset in range {
      guard let digit = Hexadecimal.value(text[offset]) else { return nil }
      value = value << 4 | UInt64(digit)
    }
    return value
  }
}
