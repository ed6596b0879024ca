/// `<34>`, or `<34>1` of RFC 5424: facility times eight, plus the severity (RFC 5424 section 6.2.1).
struct SyslogPriority: Sendable {
  let severity: Severity
  /// Syslog's word for it.
  let name: [UInt8]
  /// Behind it, and behind the version if there is one.
  let end: Int

  /// Nil if there is none at `start`.
  init?(_ text: Span<UInt8>, at start: Int) {
    var offset = start
    guard TimeText.skip(UInt8(ascii: "<"), text, &offset) else { return nil }
    let count = TimeText.digits(text, at: offset, limit: 4)
    guard (1...3).contains(count), let number = TimeText.number(digits: count, text, &offset), number <= 191 else {
      return nil
    }
    guard TimeText.skip(UInt8(ascii: ">"), text, &offset) else { return nil }
    (severity, name) = Self.severities[number & 7]
    if TimeText.digits(text, at: offset, limit: 3) == 1, offset + 1 < text.count, text[offset + 1] == 0x20 {
      offset += 1
    }
    end = offset
  }

  /// Of the severities 0 to 7, as OpenTelemetry's data model maps them (appendix B).
  static let severities: [(Severity, [UInt8])] = [
    ("emerg", .fatal), ("alert", Severity(trusted: 19)), ("crit", Severity(trusted: 18)), ("err", .error),
    ("warning", .warn), ("notice", Severity(trusted: 10)), ("info", .info), ("debug", .debug),
  ].map { name, severity in (severity, Array(name.utf8)) }
}
