/// The span an event belongs to: 8 bytes, not all zero (W3C Trace Context section 3.2.2.4).
package struct SpanID: Hashable, Sendable, CustomStringConvertible {
  /// Big-endian: the first byte of the id is the most significant one.
  package let value: UInt64

  /// Nil for zero, which means "no span".
  package init?(_ value: UInt64) {
    if value == 0 { return nil }
    self.value = value
  }

  package init?(hexadecimal text: String) {
    guard text.utf8.count == 16, let value = UInt64(text, radix: 16), !text.hasPrefix("+") else { return nil }
    self.init(value)
  }

  package var description: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
