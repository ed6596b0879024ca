/// Timestamps as text, RFC 3339 section 5.6: `2026-11-24T13:05:07.123456789Z`.
package enum RFC3339 {
  /// Appends UTC with nine fraction digits: always 30 bytes, so texts sort as times do.
  package static func append(_ timestamp: Timestamp, to text: inout [UInt8]) {
    let time = CivilTime(timestamp)
    append(time.year, digits: 4, to: &text)
    text.append(UInt8(ascii: "-"))
    append(time.month, digits: 2, to: &text)
    text.append(UInt8(ascii: "-"))
    append(time.day, digits: 2, to: &text)
    text.append(UInt8(ascii: "T"))
    append(time.hour, digits: 2, to: &text)
    text.append(UInt8(ascii: ":"))
    append(time.minute, digits: 2, to: &text)
    text.append(UInt8(ascii: ":"))
    append(time.second, digits: 2, to: &text)
    text.append(UInt8(ascii: "."))
    append(time.nanosecond, digits: 9, to: &text)
    text.append(UInt8(ascii: "Z"))
  }

  package static func text(_ timestamp: Timestamp) -> String {
    var text: [UInt8] = []
    append(timestamp, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Reads a date-time with any zone offset; fraction digits beyond the ninth are cut; `t`, `z` and a space for `T` are
  /// taken too (section 5.6, notes). A leap second (`:60`) is read as the second after.
  ///
  /// - Returns: nil if it is not a date-time, or outside the range of `Timestamp`.
  package static func timestamp(_ text: String) -> Timestamp? { timestamp(Array(text.utf8).span) }

  package static func timestamp(_ bytes: Span<UInt8>) -> Timestamp? {
    guard bytes.count >= 20, let date = date(bytes), let clock = clock(bytes) else { return nil }
    var offset = 19
    var nanosecond = 0
    if bytes.uint8(at: offset) == UInt8(ascii: ".") {
      offset += 1
      var scale = 100_000_000
      let first = offset
      while offset < bytes.count, let digit = digit(bytes, offset) {
        nanosecond += digit * scale
        scale /= 10
        offset += 1
      }
      if offset == first { return nil }
    }
    guard let zoneSeconds = zoneSeconds(bytes, at: offset) else { return nil }
    let leap = clock.second == 60 ? 1 : 0
    let time = CivilTime(
      year: date.year, month: date.month, day: date.day, hour: clock.hour, minute: clock.minute,
      second: clock.second - leap, nanosecond: nanosecond)
    guard let local = time.timestamp else { return nil }
    let shift = Int64(leap - zoneSeconds) * 1_000_000_000
    let (sum, overflows) = local.nanoseconds.addingReportingOverflow(shift)
    return overflows ? nil : Timestamp(nanoseconds: sum)
  }

  private static func date(_ bytes: Span<UInt8>) -> (year: Int, month: Int, day: Int)? {
    guard let year = number(bytes, 0..<4), bytes.uint8(at: 4) == UInt8(ascii: "-"),
      let month = number(bytes, 5..<7), bytes.uint8(at: 7) == UInt8(ascii: "-"),
      let day = number(bytes, 8..<10), (1...12).contains(month),
      day >= 1, day <= CivilTime.daysInMonth(month, year: year)
    else { return nil }
    return (year, month, day)
  }

  private static func clock(_ bytes: Span<UInt8>) -> (hour: Int, minute: Int, second: Int)? {
    let separator = bytes.uint8(at: 10)
    guard separator | 0x20 == UInt8(ascii: "t") || separator == UInt8(ascii: " "),
      let hour = number(bytes, 11..<13), bytes.uint8(at: 13) == UInt8(ascii: ":"),
      let minute = number(bytes, 14..<16), bytes.uint8(at: 16) == UInt8(ascii: ":"),
      let second = number(bytes, 17..<19), hour < 24, minute < 60, second <= 60
    else { return nil }
    return (hour, minute, second)
  }

  /// Seconds east of UTC; the zone must be the rest of the bytes.
  private static func zoneSeconds(_ bytes: Span<UInt8>, at offset: Int) -> Int? {
    guard offset < bytes.count else { return nil }
    let sign = bytes.uint8(at: offset)
    if sign | 0x20 == UInt8(ascii: "z") { return offset + 1 == bytes.count ? 0 : nil }
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), offset + 6 == bytes.count,
      let hours = number(bytes, offset + 1..<offset + 3), bytes.uint8(at: offset + 3) == UInt8(ascii: ":"),
      let minutes = number(bytes, offset + 4..<offset + 6), hours < 24, minutes < 60
    else { return nil }
    let seconds = hours * 3_600 + minutes * 60
    return sign == UInt8(ascii: "-") ? -seconds : seconds
  }

  private static func number(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
    var value = 0
    for offset in range {
      guard let digit = digit(bytes, offset) else { return nil }
      value = value * 10 + digit
    }
    return value
  }

  private static func digit(_ bytes: Span<UInt8>, _ offset: Int) -> Int? {
    let byte = bytes.uint8(at: offset)
    return (0x30...0x39).contains(byte) ? Int(byte) - 0x30 : nil
  }

  private static func append(_ value: Int, digits: Int, to text: inout [UInt8]) {
    var scale = 1
    for _ in 1..<digits { scale *= 10 }
    var rest = value
    while scale > 0 {
      text.append(0x30 + UInt8(truncatingIfNeeded: rest / scale))
      rest %= scale
      scale /= 10
    }
  }
}
