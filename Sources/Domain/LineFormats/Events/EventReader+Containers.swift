/// Lines of a container's runtime: parts joined, stream by stream.
///
/// Parts of a long line that follow each other are one event. Where a line of the other stream comes in between, all lines up
/// to where no part is open any more are one range with several events, told and appended together: a checkpoint can then
/// never fall between a part and the rest of its line. Further lines are joined (`MultilineRule`) only to lines of the same
/// stream that they follow directly, and not within such a group.
extension EventReader {
  mutating func containerEvent(_ bytes: Span<UInt8>, _ window: EventWindow, _ head: CRILine, _ now: Timestamp) -> Step {
    switch logicalLine(bytes, window, at: window.start, stream: head.stream) {
    case .incomplete, .none: return .incomplete
    case .line(let line): return found(bytes, window, line, head: head, now)
    case .interleaved: return findGroup(bytes, window, now)
    }
  }

  private mutating func findGroup(_ bytes: Span<UInt8>, _ window: EventWindow, _ now: Timestamp) -> Step {
    let window = EventWindow(start: window.start, isEnd: window.isEnd, limit: groupBytes)
    var open = OpenStreams()
    var isWhole = true
    group.begin(now)
    group.end = window.start
    while isWhole {
      guard let line = window.line(in: bytes, at: group.end) else {
        guard window.isOver(in: bytes) else { return .incomplete }
        break
      }
      guard let head = CRILine(bytes, line.content),
        group.starts.isEmpty || window.hasRoom(upTo: line.content.upperBound)
      else { break }
      if !open[head.stream] { group.starts.append(group.end) }
      open[head.stream] = head.isPart
      group.end = line.end
      isWhole = line.isWhole
      if open.isEmpty { break }
    }
    if !open.isEmpty { counts.cutEvents += 1 }
    measureGroup(bytes)
    memory.isInsideLine = !isWhole
    return .event(window.start..<group.end)
  }

  private var groupBytes: Int { min(options.maximumEventBytes, EventGroup.maximumBytes) }

  /// Reads each event for what the caller asks before it appends them.
  private mutating func measureGroup(_ bytes: Span<UInt8>) {
    for start in group.starts {
      readEvent(ofGroup: bytes, from: start)
      if group.service.isEmpty { group.service.append(service.span) }
      group.maximumEncodedBytes += maximumEncodedBytes + group.service.count + service.count
    }
    content = .group
  }

  mutating func appendGroup(
    _ bytes: Span<UInt8>, to columns: inout EventColumns, index: UInt32, _ attributes: Span<UInt8>
  ) {
    defer { content = .group }
    for (number, start) in group.starts.enumerated() {
      readEvent(ofGroup: bytes, from: start)
      appendEvent(bytes, to: &columns, index: index + UInt32(number), attributes)
    }
  }

  /// Puts the event of the group whose first line begins at `start` into `text`, and reads it.
  private mutating func readEvent(ofGroup bytes: Span<UInt8>, from start: Int) {
    var first: CRILine?
    var position = start
    while position < group.end,
      let line = RawLine(in: bytes, at: position, isEnd: true, limit: groupBytes),
      let head = CRILine(bytes, line.content)
    {
      position = line.end
      if let first, head.stream != first.stream { continue }
      if first == nil { text.begin(head.text) } else { text.append(head.text, of: bytes, isLine: false) }
      first = first ?? head
      if !head.isPart { break }
    }
    guard let first else { preconditionFailure("a group's event begins with a container's line") }
    stream = first.stream
    if readJSON(bytes, head: first, group.now) {
      content = .json
      memory.time = scanner.event.timestamp
    } else {
      readText(bytes.extracting(first.text), head: first, group.now)
    }
  }

  private struct OpenStreams {
    private var bits: UInt8 = 0

    var isEmpty: Bool { bits == 0 }

    subscript(stream: CRILine.Stream) -> Bool {
      get { bits & (1 << stream.rawValue) != 0 }
      set { if newValue { bits |= 1 << stream.rawValue } else { bits &= ~(1 << stream.rawValue) } }
    }
  }
}
