/// A word of up to 16 bytes in two registers, letters of ASCII in lower case: comparing two is comparing numbers.
struct PackedWord: Hashable, Sendable {
  static let maximumBytes = 16

  private let low: UInt64
  private let high: UInt64

  /// Nil if it is longer.
  @inline(__always)
  init?(_ text: Span<UInt8>, _ range: Range<Int>) {
    guard range.count <= Self.maximumBytes else { return nil }
    var low: UInt64 = 0
    var high: UInt64 = 0
    for offset in range {
      let byte = text[offset]
      let letter = UInt64(byte &- 0x41 < 26 ? byte | 0x20 : byte)
      if offset &- range.lowerBound < 8 { low = low << 8 | letter } else { high = high << 8 | letter }
    }
    self.low = low
    self.high = high
  }

  /// - Precondition: At most 16 bytes.
  init(_ text: String) {
    let bytes = Array(text.utf8)
    guard let word = PackedWord(bytes.span, 0..<bytes.count) else { preconditionFailure("over 16 bytes: \(text)") }
    self = word
  }
}
