/// `<34>`, or `<34>1` of RFC 5424: facility times eight, plus the severity (RFC 5424 section 6.2.1).
struct SyslogPriority: Sendable {
  let severity: Severity
  /// The number's digits.
  let range: Range<Int>
  /// Behind it, and behind the version if there is one.
  let end: Int

  /// Nil if there is none at `start`.
  init?(_ text: Span<UInt8>, at start: Int) {
    var offset = start
    guard TimeText.skip(UInt8(ascii: "<"), text, &offset) else { return nil }
    let first = offset
    let count = TimeText.digits(text, at: offset, limit: 4)
    guard (1...3).contains(count), let number = TimeText.number(digits: count, text, &offset), number <= 191 else {
      return nil
    }
    range = first..<offset
    guard TimeText.skip(UInt8(ascii: ">"), text, &offset) else { return nil }
    severity = Self.severities[number & 7]
    if TimeText.digits(text, at: offset, limit: 3) == 1, offset + 1 < text.count, text[offset + 1] == 0x20 {
      offset += 1
    }
    end = offset
  }

  /// Emergency, alert, critical, error, warning, notice, informational, debug, as OpenTelemetry's data model maps them
  /// (appendix B).
  private static let severities: [Severity] = [
    .fatal, Severity(trusted: 19), Severity(trusted: 18), .error, .warn, Severity(trusted: 10), .info, .debug,
  ]
}
