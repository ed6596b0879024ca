/// Parts of times in text. Each function reads one part at `offset`, leaves `offset` behind it, and says whether it was there;
/// if not, `offset` is where it was.
enum TimeText {
  @inline(__always)
  static func skip(_ byte: UInt8, _ text: Span<UInt8>, _ offset: inout Int) -> Bool {
    guard offset < text.count, text[offset] == byte else { return false }
    offset &+= 1
    return true
  }

  @inline(__always)
  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 <= 9 }

  @inline(__always)
  static func isDigit(_ text: Span<UInt8>, at offset: Int) -> Bool { offset < text.count && isDigit(text[offset]) }

  /// How many digits there are from `offset` on, up to `limit`.
  static func digits(_ text: Span<UInt8>, at offset: Int, limit: Int) -> Int {
    var end = offset
    while end < text.count, end &- offset < limit, isDigit(text[end]) { end &+= 1 }
    return end &- offset
  }

  /// Exactly so many digits; what follows may be another one.
  @inline(__always)
  static func number(digits: Int, _ text: Span<UInt8>, _ offset: inout Int) -> Int? {
    guard offset &+ digits <= text.count else { return nil }
    var value = 0
    for index in offset..<(offset &+ digits) {
      guard isDigit(text[index]) else { return nil }
      value = value &* 10 &+ Int(text[index] &- 0x30)
    }
    offset &+= digits
    return value
  }

  /// Month and day, two digits each.
  ///
  /// - Parameter separator: What stands between them; nil for nothing.
  @inline(__always)
  static func monthAndDay(
    _ text: Span<UInt8>, _ offset: inout Int, separator: UInt8? = nil, into time: inout WrittenTime
  ) -> Bool {
    var end = offset
    guard let month = number(digits: 2, text, &end) else { return false }
    if let separator, !skip(separator, text, &end) { return false }
    guard let day = number(digits: 2, text, &end) else { return false }
    time.month = month
    time.day = day
    offset = end
    return true
  }

  /// One or two digits, perhaps behind a space that fills up to two (`Jan  2`).
  static func paddedNumber(_ text: Span<UInt8>, _ offset: inout Int) -> Int? {
    var end = offset
    _ = skip(0x20, text, &end)
    let count = digits(text, at: end, limit: 2)
    guard count > 0, let value = number(digits: count, text, &end) else { return nil }
    offset = end
    return value
  }

  /// `15:04:05`, hours and seconds in their ranges.
  ///
  /// - Parameter isPadded: Whether each number has two digits; else one or two.
  static func clock(
    _ text: Span<UInt8>, _ offset: inout Int, into time: inout WrittenTime, isPadded: Bool = true
  ) -> Bool {
    var end = offset
    guard let hour = clockNumber(isPadded, text, &end), skip(UInt8(ascii: ":"), text, &end),
      let minute = clockNumber(isPadded, text, &end), skip(UInt8(ascii: ":"), text, &end),
      let second = clockNumber(isPadded, text, &end), hour < 24, minute < 60, second <= 60,
      !isDigit(text, at: end)
    else { return false }
    time.hour = hour
    time.minute = minute
    time.second = second
    offset = end
    return true
  }

  @inline(__always)
  private static func clockNumber(_ isPadded: Bool, _ text: Span<UInt8>, _ offset: inout Int) -> Int? {
    let count = isPadded ? 2 : digits(text, at: offset, limit: 2)
    return count == 0 ? nil : number(digits: count, text, &offset)
  }

  /// A fraction of the second, if one is there: behind `.`, `,` or `:`; digits beyond the ninth are passed over.
  static func fraction(_ text: Span<UInt8>, _ offset: inout Int, into time: inout WrittenTime) {
    guard offset < text.count, isDigit(text, at: offset + 1) else { return }
    let mark = text[offset]
    guard mark == UInt8(ascii: ".") || mark == UInt8(ascii: ",") || mark == UInt8(ascii: ":") else { return }
    offset &+= 1
    var scale = 100_000_000
    while isDigit(text, at: offset) {
      time.nanosecond &+= Int(text[offset] &- 0x30) &* scale
      scale /= 10
      offset &+= 1
    }
  }

  /// A zone, if one is there: `Z`, `+hh:mm`, `+hhmm`, `+hh`, ` +hhmm`, ` UTC`, ` GMT`.
  static func zone(_ text: Span<UInt8>, _ offset: inout Int, into time: inout WrittenTime) {
    var end = offset
    let isApart = skip(0x20, text, &end)
    guard end < text.count else { return }
    switch text[end] {
    case UInt8(ascii: "Z") where !isApart && !isLetter(text, at: end + 1):
      time.zone = 0
      offset = end + 1
    case UInt8(ascii: "U") where isWord(0x555443, text, at: end),
      UInt8(ascii: "G") where isWord(0x474d54, text, at: end):
      time.zone = 0
      offset = end + 3
    case UInt8(ascii: "+"), UInt8(ascii: "-"):
      let sign = text[end] == UInt8(ascii: "-") ? -1 : 1
      end += 1
      guard let seconds = zoneSeconds(text, &end, isApart: isApart) else { return }
      time.zone = sign * seconds
      offset = end
    default: return
    }
  }

  private static func zoneSeconds(_ text: Span<UInt8>, _ offset: inout Int, isApart: Bool) -> Int? {
    guard let hours = number(digits: 2, text, &offset) else { return nil }
    let hasColon = skip(UInt8(ascii: ":"), text, &offset)
    let minutes = number(digits: 2, text, &offset)
    // ` -05` behind a space may be any number; `-05` at the time is a zone as PostgreSQL writes it.
    guard minutes != nil || !(hasColon || isApart), hours < 24, (minutes ?? 0) < 60, !isDigit(text, at: offset) else {
      return nil
    }
    return hours * 3_600 + (minutes ?? 0) * 60
  }

  /// `Jan` … `Dec`: 1 to 12.
  static func month(_ text: Span<UInt8>, _ offset: inout Int) -> Int? {
    guard let letters = threeLetters(text, at: offset) else { return nil }
    let month: Int
    switch letters {
    case 0x4a616e: month = 1
    case 0x466562: month = 2
    case 0x4d6172: month = 3
    case 0x417072: month = 4
    case 0x4d6179: month = 5
    case 0x4a756e: month = 6
    case 0x4a756c: month = 7
    case 0x417567: month = 8
    case 0x536570: month = 9
    case 0x4f6374: month = 10
    case 0x4e6f76: month = 11
    case 0x446563: month = 12
    default: return nil
    }
    offset &+= 3
    return month
  }

  /// `Mon` … `Sun`. Which one is not compared with the date.
  static func weekday(_ text: Span<UInt8>, _ offset: inout Int) -> Bool {
    switch threeLetters(text, at: offset) {
    case 0x4d6f6e, 0x547565, 0x576564, 0x546875, 0x467269, 0x536174, 0x53756e:
      offset &+= 3
      return true
    default: return false
    }
  }

  static func isLetter(_ text: Span<UInt8>, at offset: Int) -> Bool {
    offset < text.count && (text[offset] | 0x20) &- 0x61 < 26
  }

  private static func isWord(_ letters: UInt32, _ text: Span<UInt8>, at offset: Int) -> Bool {
    threeLetters(text, at: offset) == letters && !isLetter(text, at: offset + 3)
  }

  /// Three bytes as a number, the first one highest.
  @inline(__always)
  private static func threeLetters(_ text: Span<UInt8>, at offset: Int) -> UInt32? {
    guard offset &+ 3 <= text.count else { return nil }
    return UInt32(text[offset]) << 16 | UInt32(text[offset &+ 1]) << 8 | UInt32(text[offset &+ 2])
  }
}
