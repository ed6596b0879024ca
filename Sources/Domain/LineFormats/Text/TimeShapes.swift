/// The shapes in which lines write their time. Each function looks whether one stands at `start`.
///
/// Full dates are found wherever a word may begin near the start of a line; those that other text could be mistaken for
/// (`isHead`) only where nothing but brackets comes before them.
enum TimeShapes {
  static func find(
    _ text: Span<UInt8>, at start: Int, isHead: Bool, _ context: WrittenTime.Context
  ) -> FoundTime? {
    if TimeText.isDigit(text[start]) { return number(text, at: start, isHead, context) }
    if text[start] == UInt8(ascii: "I") || text[start] == UInt8(ascii: "W") || text[start] == UInt8(ascii: "E")
      || text[start] == UInt8(ascii: "F"), isHead, TimeText.isDigit(text, at: start + 1)
    {
      return klog(text, at: start, context)
    }
    return name(text, at: start, isHead, context)
  }

  private static func number(
    _ text: Span<UInt8>, at start: Int, _ isHead: Bool, _ context: WrittenTime.Context
  ) -> FoundTime? {
    switch TimeText.digits(text, at: start, limit: 20) {
    case 4: yearFirst(text, at: start, context)
    case 8: compactDate(text, at: start, isHead, context)
    case 1, 2: twoDigitsFirst(text, at: start, isHead, context)
    case 6 where isHead: sixDigits(text, at: start, context)
    default: nil
    }
  }

  private static func found(
    _ time: WrittenTime, _ range: Range<Int>, _ context: WrittenTime.Context, _ shape: FoundTime.Shape = .plain
  ) -> FoundTime? {
    time.timestamp(context).map { FoundTime(timestamp: $0, range: range, shape: shape) }
  }

  /// `2015-10-18 18:01:47,978`, `2026-11-24T13:05:07.123+01:00`, `2026/01/02 15:04:05`, `2026.01.02 15:04:05`.
  private static func yearFirst(
    _ text: Span<UInt8>, at start: Int, _ context: WrittenTime.Context
  ) -> FoundTime? {
    var offset = start
    var time = WrittenTime()
    time.year = TimeText.number(digits: 4, text, &offset)
    guard offset < text.count else { return nil }
    let mark = text[offset]
    guard mark == UInt8(ascii: "-") || mark == UInt8(ascii: "/") || mark == UInt8(ascii: ".") else { return nil }
    offset += 1
    guard TimeText.monthAndDay(text, &offset, separator: mark, into: &time), offset < text.count else { return nil }
    let between = text[offset]
    guard between == 0x20 || between | 0x20 == UInt8(ascii: "t") || between == UInt8(ascii: "_") else { return nil }
    offset += 1
    if between == 0x20 { _ = TimeText.skip(0x20, text, &offset) }
    return clock(text, start, offset, time, context)
  }

  /// The time of day with its fraction and zone, at the end of a shape.
  private static func clock(
    _ text: Span<UInt8>, _ start: Int, _ clockStart: Int, _ date: WrittenTime, _ context: WrittenTime.Context,
    shape: FoundTime.Shape = .plain, isPadded: Bool = true
  ) -> FoundTime? {
    var time = date
    var offset = clockStart
    guard TimeText.clock(text, &offset, into: &time, isPadded: isPadded) else { return nil }
    TimeText.fraction(text, &offset, into: &time)
    TimeText.zone(text, &offset, into: &time)
    return found(time, start..<offset, context, shape)
  }

  /// `20171223-22:15:29:606`, `20171224-0:10:10:148`, `20260102T150405Z`.
  private static func compactDate(
    _ text: Span<UInt8>, at start: Int, _ isHead: Bool, _ context: WrittenTime.Context
  ) -> FoundTime? {
    var offset = start
    var time = WrittenTime()
    time.year = TimeText.number(digits: 4, text, &offset)
    guard TimeText.monthAndDay(text, &offset, into: &time), offset < text.count else { return nil }
    let between = text[offset]
    offset += 1
    if between == UInt8(ascii: "T"), TimeText.digits(text, at: offset, limit: 7) == 6 {
      return digitsOnlyClock(text, start, offset, time, context)
    }
    guard isHead, between == UInt8(ascii: "-") || between == 0x20 || between == UInt8(ascii: "T") else { return nil }
    return clock(text, start, offset, time, context, isPadded: false)
  }

  private static func digitsOnlyClock(
    _ text: Span<UInt8>, _ start: Int, _ clockStart: Int, _ date: WrittenTime, _ context: WrittenTime.Context
  ) -> FoundTime? {
    var offset = clockStart
    var time = date
    guard let hour = TimeText.number(digits: 2, text, &offset), let minute = TimeText.number(digits: 2, text, &offset),
      let second = TimeText.number(digits: 2, text, &offset), hour < 24, minute < 60, second <= 60
    else { return nil }
    time.hour = hour
    time.minute = minute
    time.second = second
    TimeText.fraction(text, &offset, into: &time)
    TimeText.zone(text, &offset, into: &time)
    return found(time, start..<offset, context)
  }

  /// `081109 203615`: year, month and day in two digits each.
  private static func sixDigits(
    _ text: Span<UInt8>, at start: Int, _ context: WrittenTime.Context
  ) -> FoundTime? {
    var offset = start
    var time = WrittenTime()
    guard let year = TimeText.number(digits: 2, text, &offset), TimeText.monthAndDay(text, &offset, into: &time),
      TimeText.skip(0x20, text, &offset), TimeText.digits(text, at: offset, limit: 7) == 6
    else { return nil }
    time.year = fullYear(year, context)
    return digitsOnlyClock(text, start, offset, time, context)
  }

  /// Shapes that begin with a day, a month or a year of two digits.
  private static func twoDigitsFirst(
    _ text: Span<UInt8>, at start: Int, _ isHead: Bool, _ context: WrittenTime.Context
  ) -> FoundTime? {
    var offset = start
    guard let first = TimeText.paddedNumber(text, &offset), offset + 1 < text.count else { return nil }
    let mark = text[offset]
    if TimeText.isLetter(text, at: offset + 1) {
      guard mark == UInt8(ascii: "/") || mark == UInt8(ascii: "-") || mark == 0x20 else { return nil }
      return dayAndName(text, start, offset + 1, day: first, mark, context)
    }
    guard isHead, offset == start + 2 else { return nil }
    switch mark {
    case UInt8(ascii: "/"): return shortYear(text, start, offset + 1, year: first, context)
    case UInt8(ascii: "-"), UInt8(ascii: "."):
      return monthAndDay(text, start, offset + 1, month: first, hasDash: mark == UInt8(ascii: "-"), context)
    default: return nil
    }
  }

  /// `29/Jul/2026:12:34:56 +0000`, `29-Jul-2026 12:34:56.789`, `29 Jul 2026 12:34:56`; `offset` is at the month.
  private static func dayAndName(
    _ text: Span<UInt8>, _ start: Int, _ monthStart: Int, day: Int, _ mark: UInt8, _ context: WrittenTime.Context
  ) -> FoundTime? {
    var offset = monthStart
    var time = WrittenTime()
    guard let month = TimeText.month(text, &offset), TimeText.skip(mark, text, &offset),
      let year = TimeText.number(digits: 4, text, &offset), offset < text.count,
      text[offset] == 0x20 || text[offset] == UInt8(ascii: ":")
    else { return nil }
    time.day = day
    time.month = month
    time.year = year
    return clock(text, start, offset + 1, time, context)
  }

  /// `17/06/09 20:10:40`; `offset` is at the month.
  private static func shortYear(
    _ text: Span<UInt8>, _ start: Int, _ monthStart: Int, year: Int, _ context: WrittenTime.Context
  ) -> FoundTime? {
    var offset = monthStart
    var time = WrittenTime()
    guard TimeText.monthAndDay(text, &offset, separator: UInt8(ascii: "/"), into: &time),
      TimeText.skip(0x20, text, &offset)
    else { return nil }
    time.year = fullYear(year, context)
    return clock(text, start, offset, time, context)
  }

  /// `03-17 16:13:38.811`, `10.30 16:49:06`; `offset` is at the day.
  private static func monthAndDay(
    _ text: Span<UInt8>, _ start: Int, _ dayStart: Int, month: Int, hasDash: Bool, _ context: WrittenTime.Context
  ) -> FoundTime? {
    var offset = dayStart
    var time = WrittenTime()
    guard let day = TimeText.number(digits: 2, text, &offset), TimeText.skip(0x20, text, &offset) else { return nil }
    time.month = month
    time.day = day
    return clock(text, start, offset, time, context, shape: hasDash ? .monthAndDay : .plain)
  }

  /// `I0102 15:04:05.123456`.
  private static func klog(
    _ text: Span<UInt8>, at start: Int, _ context: WrittenTime.Context
  ) -> FoundTime? {
    var offset = start + 1
    var time = WrittenTime()
    guard TimeText.monthAndDay(text, &offset, into: &time), TimeText.skip(0x20, text, &offset) else { return nil }
    return clock(text, start, offset, time, context, shape: .klog)
  }

  /// `Jan  2 15:04:05`, `Jan 2 2026 15:04:05`, `Sun Dec 04 04:47:44.123 2005`, `Sun, 06 Nov 1994 08:49:37 GMT`.
  private static func name(
    _ text: Span<UInt8>, at start: Int, _ isHead: Bool, _ context: WrittenTime.Context
  ) -> FoundTime? {
    var offset = start
    let hasWeekday = TimeText.weekday(text, &offset)
    if hasWeekday {
      let hasComma = TimeText.skip(UInt8(ascii: ","), text, &offset)
      guard TimeText.skip(0x20, text, &offset) else { return nil }
      if hasComma {
        guard let day = TimeText.paddedNumber(text, &offset), offset < text.count else { return nil }
        return dayAndName(text, start, offset + 1, day: day, text[offset], context)
      }
    }
    var time = WrittenTime()
    guard hasWeekday || isHead, let month = TimeText.month(text, &offset), TimeText.skip(0x20, text, &offset),
      let day = TimeText.paddedNumber(text, &offset), TimeText.skip(0x20, text, &offset)
    else { return nil }
    time.month = month
    time.day = day
    if TimeText.digits(text, at: offset, limit: 5) == 4 {
      time.year = TimeText.number(digits: 4, text, &offset)
      guard TimeText.skip(0x20, text, &offset) else { return nil }
    }
    guard TimeText.clock(text, &offset, into: &time) else { return nil }
    TimeText.fraction(text, &offset, into: &time)
    if time.year == nil { yearBehind(text, &offset, into: &time) }
    TimeText.zone(text, &offset, into: &time)
    return found(time, start..<offset, context)
  }

  /// ` 2005` behind the time of day, as C's `asctime` puts it.
  private static func yearBehind(_ text: Span<UInt8>, _ offset: inout Int, into time: inout WrittenTime) {
    var end = offset
    guard TimeText.skip(0x20, text, &end), TimeText.digits(text, at: end, limit: 5) == 4,
      let year = TimeText.number(digits: 4, text, &end), end == text.count || !isWordByte(text[end]),
      (1_970...2_261).contains(year)
    else { return }
    time.year = year
    offset = end
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    TimeText.isDigit(byte) || (byte | 0x20) &- 0x61 < 26 || byte == UInt8(ascii: ".") || byte == UInt8(ascii: ":")
  }

  /// Of this century, unless that would be after next year.
  private static func fullYear(_ year: Int, _ context: WrittenTime.Context) -> Int {
    2_000 + year <= CivilTime(context.now).year + 1 ? 2_000 + year : 1_900 + year
  }
}
