/// What a JSON number stands for.
enum JSONNumber {
  /// The digits from `offset` on; nil beyond 64 bits. `offset` is then behind some of them.
  static func integer(_ bytes: Span<UInt8>, _ offset: inout Int, isNegative: Bool) -> Int64? {
    var value: Int64 = 0
    let start = offset
    while offset < bytes.count, bytes[offset] >= 0x30, bytes[offset] <= 0x39 {
      let digit = Int64(bytes[offset] &- 0x30)
      // Eighteen digits are within 64 bits whatever they are.
      if offset &- start < 18 {
        value = value &* 10 &+ (isNegative ? 0 &- digit : digit)
      } else {
        let (product, overflows) = value.multipliedReportingOverflow(by: 10)
        let (sum, overflowsToo) = product.addingReportingOverflow(isNegative ? -digit : digit)
        if overflows || overflowsToo { return nil }
        value = sum
      }
      offset &+= 1
    }
    return offset == start ? nil : value
  }

  /// The whole of `bytes` as an integer; nil beyond 64 bits.
  static func integer(_ bytes: Span<UInt8>) -> Int64? {
    let isNegative = bytes.count > 0 && bytes[0] == UInt8(ascii: "-")
    var offset = isNegative ? 1 : 0
    guard let value = integer(bytes, &offset, isNegative: isNegative), offset == bytes.count else { return nil }
    return value
  }

  /// The nearest double; nil if that is infinite.
  static func double(_ bytes: Span<UInt8>) -> Double? {
    guard let value = Double(String(repairing: bytes)), value.isFinite else { return nil }
    return value
  }
}
