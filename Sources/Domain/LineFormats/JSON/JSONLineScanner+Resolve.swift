extension JSONLineScanner {
  /// Makes of the fields found what an event needs.
  mutating func resolve(_ line: Span<UInt8>, _ fallback: JSONLineFallback?) throws(JSONLineError) {
    try resolveTime(line, fallback)
    try resolveService(line, fallback)
    try resolveMessage(line)
    resolveLevel(line)
    event.traceID = nil
    event.spanID = nil
    if let field = self[.traceID] {
      event.traceID = HexadecimalID.traceID(line.extracting(field.value.range))
      if event.traceID == nil, !field.value.range.isEmpty { demote(field, in: line) }
    }
    if let field = self[.spanID] {
      event.spanID = HexadecimalID.spanID(line.extracting(field.value.range))
      if event.spanID == nil, !field.value.range.isEmpty { demote(field, in: line) }
    }
  }

  private subscript(role: JSONLineFields.Role) -> FoundField? { found[role.rawValue] }

  private mutating func resolveTime(_ line: Span<UInt8>, _ fallback: JSONLineFallback?) throws(JSONLineError) {
    lacksTime = false
    if let field = self[.timestamp] {
      if let time = timestamp(field, line, fallback) {
        event.timestamp = time
        return
      }
      guard fallback != nil else {
        throw JSONLineError(
          .invalid(.timestamp), at: field.value.range.lowerBound,
          "the time is neither RFC 3339 nor a number since 1970 (years 1677 to 2262)")
      }
      demote(field, in: line)
    }
    guard let fallback else { throw missing(.timestamp) }
    event.timestamp = fallback.timestamp
    lacksTime = true
  }

  private func timestamp(_ field: FoundField, _ line: Span<UInt8>, _ fallback: JSONLineFallback?) -> Timestamp? {
    let bytes = line.extracting(field.value.range)
    let unit = table.fields[field.field].unit
    switch field.value {
    case .number: return EpochTime.timestamp(bytes, unit: unit)
    case .string:
      if let time = RFC3339.timestamp(bytes) ?? EpochTime.timestamp(bytes, unit: unit) { return time }
      return fallback.flatMap { LineTime.find(in: bytes, $0.context)?.timestamp }
    case .bool, .container, .null: return nil
    }
  }

  private mutating func resolveService(_ line: Span<UInt8>, _ fallback: JSONLineFallback?) throws(JSONLineError) {
    event.service.removeAll(keepingCapacity: true)
    if let field = self[.service] {
      Self.append(field.value, of: line, to: &event.service)
      if fallback != nil, !event.service.isEmpty, !Name.isValid(event.service.span) {
        event.service.removeAll(keepingCapacity: true)
        demote(field, in: line)
      }
    }
    guard event.service.isEmpty else { return }
    guard let defaultService else { throw missing(.service) }
    event.service.append(defaultService.span)
  }

  private mutating func resolveMessage(_ line: Span<UInt8>) throws(JSONLineError) {
    guard let field = self[.message] else { throw missing(.message) }
    if case .container(let range) = field.value, names.dialect == .journald,
      JSONByteArray.read(line.extracting(range), into: &event.unescapedMessage)
    {
      event.message = .unescaped
      return
    }
    guard case .string(let token) = field.value, token.hasEscapes else {
      event.message = .line(field.value.range)
      return
    }
    event.unescapedMessage.removeAll(keepingCapacity: true)
    JSONString.append(token, of: line, to: &event.unescapedMessage)
    event.message = .unescaped
  }

  private mutating func resolveLevel(_ line: Span<UInt8>) {
    event.severityText.removeAll(keepingCapacity: true)
    event.severity = .unspecified
    guard let field = self[.level] else { return }
    Self.append(field.value, of: line, to: &event.severityText)
    if names.dialect == .journald, event.severityText.count == 1, case 0x30...0x37 = event.severityText[0] {
      (event.severity, event.severityText) = SyslogPriority.severities[Int(event.severityText[0] & 7)]
      return
    }
    event.severity = levels.severity(event.severityText)
  }

  /// Undoes escapes and repairs; a scalar that is no string is its JSON text.
  private static func append(_ value: JSONValue, of line: Span<UInt8>, to text: inout [UInt8]) {
    if case .string(let token) = value {
      JSONString.append(token, of: line, to: &text)
    } else {
      text.append(line.extracting(value.range))
    }
    JSONString.repair(&text, from: 0)
  }

  private func missing(_ role: JSONLineFields.Role) -> JSONLineError {
    let names = names[role].map { "'\($0)'" }.joined(separator: ", ")
    return JSONLineError(.missing(role), at: 0, "the line has no \(role.word): looked for \(names)")
  }
}
