/// Finds the time in a line of text, at or near its start.
enum LineTime {
  /// Bytes at whose end a time may begin at the latest: what stands before it is a host, an address, a service's name.
  static let searchedBytes = 100

  /// The first time in the line.
  ///
  /// - Parameter line: Without its end; no more than its first 160 bytes are looked at.
  static func find(in line: Span<UInt8>, _ context: WrittenTime.Context) -> FoundTime? {
    let text = line.extracting(first: 160)
    var position = headStart(text)
    var isHead = true
    var words = 0
    // `134681 node-246 unix.hw state_change.unavailable 1077804742 1`: numbers and tags before an epoch time, never prose.
    var mayHaveEpoch = true
    while position < min(text.count, searchedBytes) {
      let byte = text[position]
      if TimeText.isDigit(byte) {
        if mayHaveEpoch, let found = epoch(text, at: position, context) { return found }
        if let found = TimeShapes.find(text, at: position, isHead: isHead, context) { return found }
      } else if byte &- 0x41 < 26, let found = TimeShapes.find(text, at: position, isHead: isHead, context) {
        return found
      }
      let end = wordEnd(text, position)
      let isTimeKey = words == 0 && isNameOfTime(text, position..<end)
      isHead = isTimeKey
      if words == 0 { mayHaveEpoch = isTimeKey || !hasLowercase(text, position..<end) }
      words += 1
      if words == 5 { mayHaveEpoch = false }
      position = end
      while position < text.count, isSeparator(text[position]) { position &+= 1 }
    }
    return nil
  }

  /// Behind a byte order mark, a syslog priority with its version, spaces and opening brackets.
  private static func headStart(_ text: Span<UInt8>) -> Int {
    var offset = 0
    if text.count >= 3, text[0] == 0xef, text[1] == 0xbb, text[2] == 0xbf { offset = 3 }
    if let priority = SyslogPriority(text, at: offset) { offset = priority.end }
    while offset < text.count, isSeparator(text[offset]) { offset &+= 1 }
    return offset
  }

  @inline(__always)
  private static func wordEnd(_ text: Span<UInt8>, _ start: Int) -> Int {
    var end = start
    while end < text.count, !isSeparator(text[end]) { end &+= 1 }
    return end
  }

  /// What a time may stand behind.
  @inline(__always)
  private static func isSeparator(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x09, UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "("), UInt8(ascii: "<"), UInt8(ascii: ">"),
      UInt8(ascii: "|"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "="), UInt8(ascii: ","), UInt8(ascii: ";"):
      true
    default: false
    }
  }

  private static func hasLowercase(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    for offset in range where text[offset] &- 0x61 < 26 { return true }
    return false
  }

  /// `ts=`, `time=`, `t=` and `timestamp=`, as logfmt begins.
  private static func isNameOfTime(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard range.upperBound < text.count, text[range.upperBound] == UInt8(ascii: "="),
      let word = PackedWord(text, range)
    else { return false }
    return namesOfTime.contains(word)
  }

  private static let namesOfTime = ["ts", "time", "t", "timestamp"].map { PackedWord($0) }

  /// Seconds, milli-, micro- or nanoseconds since 1970 that are a word of their own, from 2001 up to a day from now.
  private static func epoch(_ text: Span<UInt8>, at start: Int, _ context: WrittenTime.Context) -> FoundTime? {
    let count = TimeText.digits(text, at: start, limit: 20)
    guard count == 10 || count == 13 || count == 16 || count == 19 else { return nil }
    var end = start
    var whole: Int64 = 0
    while end < start + count {
      whole = whole &* 10 &+ Int64(text[end] &- 0x30)
      end += 1
    }
    guard whole >= 0 else { return nil }
    var time = WrittenTime()
    if count == 10 { TimeText.fraction(text, &end, into: &time) }
    guard end == text.count || isSeparator(text[end]) else { return nil }
    let scale: Int64 = count == 10 ? 1_000_000_000 : count == 13 ? 1_000_000 : count == 16 ? 1_000 : 1
    let (nanoseconds, overflows) = whole.multipliedReportingOverflow(by: scale)
    let (sum, overflowsToo) = nanoseconds.addingReportingOverflow(Int64(time.nanosecond))
    let timestamp = Timestamp(nanoseconds: sum)
    guard !overflows, !overflowsToo, sum >= 1_000_000_000_000_000_000,
      timestamp <= context.now.advanced(by: .seconds(86_400))
    else { return nil }
    return FoundTime(timestamp: timestamp, range: start..<end, shape: .plain)
  }
}
