/// What the text of an event says.
extension EventReader {
  /// The event that begins with `line`, of a container if it has a head.
  mutating func found(
    _ bytes: Span<UInt8>, _ window: EventWindow, _ line: LogicalLine, head: CRILine?, _ now: Timestamp
  ) -> Step {
    append(line, of: bytes, stream: head?.stream, isFirst: true)
    stream = head?.stream
    var last = line
    var isFull = false
    if !line.isCut, readJSON(bytes, head: head, now) {
      content = .json
      if scanner.lacksTime, head == nil {
        counts.eventsWithoutTime += 1
      } else {
        memory.time = scanner.event.timestamp
      }
      memory.severity = scanner.event.severity
    } else {
      if let rule = options.multiline {
        guard let joined = join(rule, bytes, window, after: line, stream: stream) else { return .incomplete }
        last = joined.last
        isFull = joined.isFull
      }
      readText(bytes.extracting(line.text), head: head, now)
    }
    if last.isCut { counts.cutEvents += 1 }
    memory.isFull = isFull
    memory.isInsideLine = !last.isWhole
    return .event(window.start..<last.end)
  }

  /// What follows in a line from which an event was taken already: text, whatever it looks like.
  mutating func rest(_ line: RawLine, _ now: Timestamp) -> Step {
    text.begin(line.content)
    content = .text
    stream = nil
    event.timestamp = memory.time ?? now
    event.severity = memory.severity
    event.severityText.removeAll(keepingCapacity: true)
    if line.isCut { counts.cutEvents += 1 }
    memory.isFull = false
    memory.isInsideLine = !line.isWhole
    return .event(line.content.lowerBound..<line.end)
  }

  /// Reads `text` as a JSON line; false if it is none that makes an event.
  mutating func readJSON(_ bytes: Span<UInt8>, head: CRILine?, _ now: Timestamp) -> Bool {
    guard options.format != .text, text.count > 1 else { return false }
    let fallback = JSONLineFallback(
      timestamp: head?.timestamp ?? now, context: WrittenTime.Context(zone: options.zone, now: now))
    if text.isCopy {
      let line = text.copy
      return readJSON(line.span, fallback)
    }
    return readJSON(bytes.extracting(text.range), fallback)
  }

  private mutating func readJSON(_ line: Span<UInt8>, _ fallback: JSONLineFallback) -> Bool {
    var end = line.count - 1
    while end > 0, line[end] == 0x20 || line[end] == 0x09 || line[end] == 0x0d { end -= 1 }
    // Most of what is no JSON shows it here, without the scanner's having to put its reason into words.
    guard line[0] == UInt8(ascii: "{"), line[end] == UInt8(ascii: "}") else { return false }
    do throws(JSONLineError) { try scanner.scan(line, fallback: fallback) } catch { return false }
    return isAcceptable
  }

  /// Whether the event has all that its line says, and the server would take it as it is, not refuse it for its attributes:
  /// else the line is taken as text, which always fits.
  private var isAcceptable: Bool {
    let limits = Self.limits
    return !scanner.losesValue
      && scanner.attributes.count + Self.attributesOfReader <= limits.attributes
      && scanner.attributes.longestKey <= limits.attributeKeyBytes
      && scanner.attributes.longestText <= limits.attributeValueBytes
      && scanner.event.severityText.count <= limits.severityTextBytes
      && scanner.maximumEncodedBytes <= limits.messageBytes
  }

  private static let limits = EventLimits()
  /// Room for those that an agent adds: the file, the offset, the stream, and what it was told to add.
  private static let attributesOfReader = 32

  /// - Parameter line: The first one of `text`, without what a runtime wrote in front of it.
  mutating func readText(_ line: Span<UInt8>, head: CRILine?, _ now: Timestamp) {
    content = .text
    let time = LineTime.find(in: line, WrittenTime.Context(zone: options.zone, now: now))
    if memory.isFull, isContinuation(line) { counts.cutEvents += 1 }
    if let known = head?.timestamp ?? time?.timestamp {
      memory.time = known
      event.timestamp = known
    } else if let before = memory.time, isContinuation(line) {
      event.timestamp = before
    } else {
      counts.eventsWithoutTime += 1
      event.timestamp = now
    }
    event.severityText.removeAll(keepingCapacity: true)
    event.severity = .unspecified
    if let level = LineLevel.find(in: line, time: time) {
      event.severity = level.severity
      switch level.word {
      case .written(let range): event.severityText.append(line.extracting(range))
      case .named(let name): event.severityText.append(name.span)
      }
    }
    memory.severity = event.severity
  }

  /// Whether a line that begins an event belongs to the one before all the same: it came late, or there was no room.
  private func isContinuation(_ line: Span<UInt8>) -> Bool {
    if case .start(let pattern) = options.multiline { return !pattern.matches(line) }
    return ContinuationRule.isContinuation(line)
  }
}
