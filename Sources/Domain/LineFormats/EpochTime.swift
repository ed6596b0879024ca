/// Timestamps as numbers: seconds, milli-, micro- or nanoseconds since 1970.
enum EpochTime {
  enum Unit: Int64, Sendable {
    case seconds = 1_000_000_000
    case milliseconds = 1_000_000
    case microseconds = 1_000
    case nanoseconds = 1

    /// The unit that the name of a field ends with.
    init?(suffixOf name: String) {
      switch name.split(separator: "_").last {
      case "s", "sec", "seconds": self = .seconds
      case "ms", "millis": self = .milliseconds
      case "us", "micros": self = .microseconds
      case "ns", "nanos": self = .nanoseconds
      default: return nil
      }
    }

    /// The unit in which a number of this magnitude is a time of our days: seconds up to the year 5138, milliseconds from
    /// 1973 to 5138, and so on.
    init(magnitude: UInt64) {
      switch magnitude {
      case 0..<100_000_000_000: self = .seconds
      case 100_000_000_000..<100_000_000_000_000: self = .milliseconds
      case 100_000_000_000_000..<100_000_000_000_000_000: self = .microseconds
      default: self = .nanoseconds
      }
    }
  }

  /// The time that a JSON number stands for, its fraction exactly to the nanosecond; nil outside the range of `Timestamp`.
  ///
  /// - Parameter unit: Nil to tell it from the magnitude.
  static func timestamp(_ bytes: Span<UInt8>, unit: Unit?) -> Timestamp? {
    guard let number = decimal(bytes) else { return binary(bytes, unit: unit) }
    let unit = unit ?? Unit(magnitude: number.whole.magnitude)
    let (whole, overflows) = number.whole.multipliedReportingOverflow(by: unit.rawValue)
    let fraction = number.billionths * unit.rawValue / 1_000_000_000
    let (sum, overflowsToo) = whole.addingReportingOverflow(number.isNegative ? -fraction : fraction)
    return overflows || overflowsToo ? nil : Timestamp(nanoseconds: sum)
  }

  private struct Decimal {
    let isNegative: Bool
    let whole: Int64
    /// Of the fraction; never negative.
    let billionths: Int64
  }

  /// Nil with an exponent, or beyond 64 bits.
  private static func decimal(_ bytes: Span<UInt8>) -> Decimal? {
    let isNegative = bytes.count > 0 && bytes[0] == UInt8(ascii: "-")
    var offset = isNegative ? 1 : 0
    guard let whole = JSONNumber.integer(bytes, &offset, isNegative: isNegative) else { return nil }
    var billionths: Int64 = 0
    if offset < bytes.count, bytes[offset] == UInt8(ascii: ".") {
      offset += 1
      var scale: Int64 = 100_000_000
      while offset < bytes.count, bytes[offset] >= 0x30, bytes[offset] <= 0x39 {
        billionths += Int64(bytes[offset] - 0x30) * scale
        scale /= 10
        offset += 1
      }
    }
    return offset == bytes.count ? Decimal(isNegative: isNegative, whole: whole, billionths: billionths) : nil
  }

  /// `1.7e9` and its like, to the precision of a double.
  private static func binary(_ bytes: Span<UInt8>, unit: Unit?) -> Timestamp? {
    guard let value = JSONNumber.double(bytes), value.magnitude < 0x1p63 else { return nil }
    let unit = unit ?? Unit(magnitude: UInt64(value.magnitude))
    return Int64(exactly: (value * Double(unit.rawValue)).rounded()).map(Timestamp.init(nanoseconds:))
  }
}
