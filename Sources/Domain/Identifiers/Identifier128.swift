/// Sixteen bytes that name something, written as 32 hexadecimal digits. Two 64-bit halves rather than an array, so that
/// it costs no allocation; ordered by its bytes.
package struct Identifier128: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let high: UInt64
  package let low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Nil unless there are 16 bytes.
  package init?(bytes: Span<UInt8>) {
    guard bytes.count == 16 else { return nil }
    self.init(high: bytes.uint64(at: 0).byteSwapped, low: bytes.uint64(at: 8).byteSwapped)
  }

  /// Nil unless there are 32 hexadecimal digits.
  package init?(hexadecimal text: String) {
    guard let bytes = Hexadecimal.bytes(text.utf8), let value = Self(bytes: bytes.span) else { return nil }
    self = value
  }

  /// Big-endian, as the hexadecimal text shows them.
  package func append(to bytes: inout [UInt8]) {
    bytes.append(uint64: high.byteSwapped)
    bytes.append(uint64: low.byteSwapped)
  }

  package var isZero: Bool { high == 0 && low == 0 }

  package var description: String {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return Hexadecimal.text(bytes)
  }

  package static func < (left: Self, right: Self) -> Bool {
    left.high == right.high ? left.low < right.low : left.high < right.high
  }
}
