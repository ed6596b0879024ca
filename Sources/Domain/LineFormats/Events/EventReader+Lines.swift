/// Where events end: lines put together from parts, and events from lines.
extension EventReader {
  enum LineSearch {
    case line(LogicalLine)
    /// No line of this stream, or none that the event may have.
    case none
    /// A line of the other stream is among the parts.
    case interleaved
    case incomplete
  }

  /// The line at `position` with all its parts; nothing is changed.
  ///
  /// - Parameter stream: Of a container, whose lines begin as `CRILine` says; nil for lines of any other file.
  func logicalLine(
    _ bytes: Span<UInt8>, _ window: EventWindow, at position: Int, stream: CRILine.Stream?
  ) -> LineSearch {
    guard let first = window.line(in: bytes, at: position) else {
      return window.isOver(in: bytes) ? .none : .incomplete
    }
    guard let stream else { return .line(LogicalLine(first)) }
    guard let head = CRILine(bytes, first.content), head.stream == stream else { return .none }
    var line = LogicalLine(first, text: head.text)
    var isOpen = head.isPart
    while isOpen, line.isWhole {
      guard let next = window.line(in: bytes, at: line.end) else {
        guard window.isOver(in: bytes) else { return .incomplete }
        line.isCut = !window.isEnd
        break
      }
      guard let part = CRILine(bytes, next.content) else { break }
      if part.stream != stream { return .interleaved }
      guard window.hasRoom(upTo: next.content.upperBound) else {
        line.isCut = true
        break
      }
      line.contentEnd = next.content.upperBound
      line.end = next.end
      line.isWhole = next.isWhole
      line.parts += 1
      isOpen = part.isPart
    }
    return .line(line)
  }

  /// Adds a line to `text`, part by part.
  mutating func append(_ line: LogicalLine, of bytes: Span<UInt8>, stream: CRILine.Stream?, isFirst: Bool) {
    if isFirst { text.begin(line.text) } else { text.append(line.text, of: bytes, isLine: true) }
    guard stream != nil, line.parts > 1 else { return }
    var position = line.start
    for part in 0..<line.parts {
      // The same lines were found here before.
      guard let next = RawLine(in: bytes, at: position, isEnd: true, limit: options.maximumEventBytes) else { return }
      if part > 0, let head = CRILine(bytes, next.content) { text.append(head.text, of: bytes, isLine: false) }
      position = next.end
    }
  }

  /// Adds the lines behind `first` that belong to its event to `text`.
  ///
  /// - Returns: The last line, and whether the event was cut before another; nil if more could follow.
  mutating func join(
    _ rule: MultilineRule, _ bytes: Span<UInt8>, _ window: EventWindow, after first: LogicalLine,
    stream: CRILine.Stream?
  ) -> (last: LogicalLine, isCut: Bool)? {
    var continuations = ContinuationRule()
    continuations.begin(bytes.extracting(first.text))
    var last = first
    var count = 1
    while last.isWhole {
      var position = last.end
      var blanks = 0
      var found: LogicalLine?
      while found == nil {
        switch logicalLine(bytes, window, at: position, stream: stream) {
        case .incomplete: return nil
        case .none, .interleaved: return (last, false)
        case .line(let line):
          if line.isWhole, RawLine.isBlank(bytes, line.text), line.parts == 1 {
            guard window.hasRoom(upTo: line.end), count + blanks < options.maximumEventLines else {
              return (last, false)
            }
            position = line.end
            blanks += 1
          } else {
            found = line
          }
        }
      }
      guard let line = found, joins(rule, &continuations, bytes, line, stream: stream) else { return (last, false) }
      guard window.hasRoom(upTo: line.contentEnd), count + blanks < options.maximumEventLines else {
        return (last, true)
      }
      appendBlankLines(bytes, last.end..<line.start, stream: stream)
      append(line, of: bytes, stream: stream, isFirst: false)
      count += blanks + 1
      last = line
    }
    return (last, last.isCut)
  }

  private mutating func appendBlankLines(_ bytes: Span<UInt8>, _ range: Range<Int>, stream: CRILine.Stream?) {
    var position = range.lowerBound
    while position < range.upperBound,
      let line = RawLine(in: bytes, at: position, isEnd: true, limit: options.maximumEventBytes)
    {
      let content = stream == nil ? line.content : CRILine(bytes, line.content)?.text ?? line.content
      text.append(content, of: bytes, isLine: true)
      position = line.end
    }
  }

  /// Whether `line` belongs to the event of the lines before it.
  private func joins(
    _ rule: MultilineRule, _ continuations: inout ContinuationRule, _ bytes: Span<UInt8>, _ line: LogicalLine,
    stream: CRILine.Stream?
  ) -> Bool {
    let span = bytes.extracting(line.text)
    guard span.count > 0 else { return false }
    if looksLikeJSON(span, isWhole: line.parts == 1) { return false }
    if stream == nil, options.format == .auto || options.format == .cri, CRILine(bytes, line.text) != nil {
      return false
    }
    switch rule {
    case .indentation: return continuations.joins(span)
    case .start(let pattern): return !pattern.matches(span)
    }
  }

  /// Cheaper than reading it, and right for whatever writes JSON lines.
  func looksLikeJSON(_ line: Span<UInt8>, isWhole: Bool) -> Bool {
    guard options.format != .text, line.count > 1, line[0] == UInt8(ascii: "{") else { return false }
    return !isWhole || line[line.count - 1] == UInt8(ascii: "}")
  }
}
