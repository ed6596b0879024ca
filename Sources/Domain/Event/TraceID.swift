/// The trace an event belongs to: 16 bytes, not all zero (W3C Trace Context section 3.2.2.3).
package struct TraceID: Hashable, Sendable, CustomStringConvertible {
  package let value: Identifier128

  /// Nil for all zeros, which means "no trace".
  package init?(_ value: Identifier128) {
    if value.isZero { return nil }
    self.value = value
  }

  package init?(hexadecimal text: String) {
    guard let value = Identifier128(hexadecimal: text) else { return nil }
    self.init(value)
  }

  package var description: String { value.description }
}
