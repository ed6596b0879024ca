/// Finds the events in the bytes of a file that grows: where each begins and ends, its text, time, level, attributes.
///
///     switch reader.next(in: bytes, from: position, isEnd: false, now: now) {
///     case .event(let range):
///       reader.append(bytes, to: &columns[reader.service], index: …, attributes: …)
///       position = range.upperBound
///     case .blank(let range): position = range.upperBound
///     case .incomplete: …                                   // read more, from `position` on
///     }
///
/// Keeps no bytes between calls: the event of a range is to be appended before the next call, from the same bytes. Ranges
/// follow each other without a gap and are the same however the file was read, as long as `isEnd` is false; nothing of the
/// file is left out, but for line ends and lines of nothing but spaces.
///
/// One reader may serve many files: `memory` is what belongs to the file.
package struct EventReader: Sendable {
  package enum Step: Hashable, Sendable {
    /// An event, its line ends included. Several events where `eventCount` says so.
    case event(Range<Int>)
    /// A line without text.
    case blank(Range<Int>)
    /// What is there may go on. Never with `windowBytes` or more from the position on, nor at the end unless there is nothing.
    case incomplete
  }

  enum Content: Sendable {
    /// `text` is the message.
    case text
    /// `scanner` has read `text`.
    case json
    /// `group` has where the events begin.
    case group
  }

  let options: EventReaderOptions
  let defaultService: [UInt8]
  /// What is known of the file; to be set when another file is gone on with.
  package var memory = LineMemory()
  package internal(set) var counts = EventReaderCounts()

  /// The events of the last step.
  var content = Content.text
  var text = EventText()
  var scanner: JSONLineScanner
  /// Of text.
  var event = ScannedEvent()
  var stream: CRILine.Stream?
  var group = EventGroup()

  /// - Parameter defaultService: Of events that do not name their own.
  package init(_ options: EventReaderOptions, defaultService: ServiceName) {
    self.options = options
    self.defaultService = Array(defaultService.text.utf8)
    scanner = JSONLineScanner(fields: options.fields, defaultService: defaultService)
    scanner.attributes.reservedKeys = options.reservedKeys.map { Array($0.utf8) }
  }

  /// So many bytes are enough to find the end of any event.
  package var windowBytes: Int { options.maximumEventBytes + 2 }

  /// The event that begins at `position`.
  ///
  /// - Parameters:
  ///   - isEnd: What is there will not grow soon: a line without its end, or an event that could have further lines, is given
  ///     out as it is. What comes later is then an event of its own.
  ///   - now: The time of events that say none.
  package mutating func next(
    in bytes: Span<UInt8>, from position: Int, isEnd: Bool, now: Timestamp
  ) -> Step {
    let window = EventWindow(start: position, isEnd: isEnd, limit: options.maximumEventBytes)
    guard let line = window.line(in: bytes, at: position) else { return .incomplete }
    if line.content.isEmpty || (line.isWhole && !memory.isInsideLine && line.isBlank(in: bytes)) {
      memory.isInsideLine = !line.isWhole && memory.isInsideLine
      return .blank(position..<line.end)
    }
    if memory.isInsideLine { return rest(line, now) }
    if options.format == .auto || options.format == .cri, let head = CRILine(bytes, line.content) {
      return containerEvent(bytes, window, head, now)
    }
    return found(bytes, window, LogicalLine(line), head: nil, now)
  }

  /// How many events the last step had: more than one only where parts of a container's lines are interleaved with lines of
  /// its other stream, since no range could hold one without the others. All are appended together.
  package var eventCount: Int { content == .group ? group.starts.count : 1 }

  /// The service of the event found, as bytes of a name that is valid: what the JSON line says, else the default.
  package var service: [UInt8] {
    switch content {
    case .text: defaultService
    case .json: scanner.service
    case .group: group.service
    }
  }

  /// At most how many bytes the step's events take in an encoded batch, whatever the wire, without the attributes that
  /// `append` is given.
  package var maximumEncodedBytes: Int {
    switch content {
    case .text: Self.fixedEventBytes + text.count + event.severityText.count
    case .json: Self.fixedEventBytes + scanner.maximumEncodedBytes
    case .group: group.maximumEncodedBytes
    }
  }

  /// Time, ids, numbers, the attribute `stream`, and the lengths around them.
  private static let fixedEventBytes = 128

  /// Adds the events of the last step.
  ///
  /// - Parameters:
  ///   - bytes: Those of the last call of `next`, at the same places.
  ///   - index: Of the first event; further ones follow it.
  ///   - attributes: Further attributes of each event, as `AttributeEncoding` says.
  package mutating func append(
    _ bytes: Span<UInt8>, to columns: inout EventColumns, index: UInt32, attributes: Span<UInt8>
  ) {
    if content == .group { return appendGroup(bytes, to: &columns, index: index, attributes) }
    appendEvent(bytes, to: &columns, index: index, attributes)
  }

  mutating func appendEvent(
    _ bytes: Span<UInt8>, to columns: inout EventColumns, index: UInt32, _ attributes: Span<UInt8>
  ) {
    columns.appendAttributes(encoded: attributes)
    if let stream {
      let name = stream == .stdout ? Self.stdout : Self.stderr
      columns.appendAttribute(key: Self.streamKey.span, string: name.span)
    }
    switch (content == .json, text.isCopy) {
    case (true, true): scanner.append(text.copy.span, to: &columns, index: index)
    case (true, false): scanner.append(bytes.extracting(text.range), to: &columns, index: index)
    case (false, true): event.end(text.copy.span, &columns, index)
    case (false, false): event.end(bytes.extracting(text.range), &columns, index)
    }
  }

  private static let streamKey = Array("stream".utf8)
  private static let stdout = Array("stdout".utf8)
  private static let stderr = Array("stderr".utf8)
}
