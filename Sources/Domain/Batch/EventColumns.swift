/// The events of a batch while it is filled: columns, and one arena each for messages and attributes.
///
/// Filled by an adapter event by event: `append…Attribute` for each attribute, then `endEvent`, or `dropEvent` to forget
/// the attributes of an event that is refused. No object and no `String` per event.
package struct EventColumns: Sendable {
  /// Bits of `flags`.
  package enum Flag {
    package static let trace: UInt8 = 1
    package static let span: UInt8 = 2
    package static let original: UInt8 = 4
  }

  package private(set) var timestamps: [Int64] = []
  /// 0 to 24.
  package private(set) var severities: [UInt8] = []
  package private(set) var flags: [UInt8] = []
  /// Index in `severityTextTable`; 0 is the empty text.
  package private(set) var severityTexts: [UInt16] = []
  /// Position of each event in the batch as sent; refused events leave gaps.
  package private(set) var indexes: [UInt32] = []
  /// Where each event's message ends in `messages`; it starts where the one before ends.
  package private(set) var messageEnds: [UInt32] = []
  package private(set) var attributeEnds: [UInt32] = []
  /// Empty, or one for each event: zero where the flag is not set.
  package private(set) var traceIDs: [Identifier128] = []
  package private(set) var spanIDs: [UInt64] = []
  package private(set) var originals: [Int64] = []
  package private(set) var messages: [UInt8] = []
  package private(set) var attributes: [UInt8] = []
  package private(set) var severityTextTable: [[UInt8]] = [[]]
  /// The batch's resource attributes, encoded as `AttributeEncoding` says.
  package var resource: [UInt8] = []

  /// - Parameters:
  ///   - events: How many events to make room for.
  ///   - bytes: How many bytes of messages to make room for.
  package init(reservingEvents events: Int = 0, bytes: Int = 0) {
    timestamps.reserveCapacity(events)
    severities.reserveCapacity(events)
    flags.reserveCapacity(events)
    severityTexts.reserveCapacity(events)
    indexes.reserveCapacity(events)
    messageEnds.reserveCapacity(events)
    attributeEnds.reserveCapacity(events)
    messages.reserveCapacity(bytes)
  }

  package var count: Int { timestamps.count }
  package var isEmpty: Bool { timestamps.isEmpty }

  package mutating func appendAttribute(key: Span<UInt8>, string: Span<UInt8>) {
    AttributeEncoding.append(key: key, string: string, to: &attributes)
  }

  package mutating func appendAttribute(key: Span<UInt8>, int: Int64) {
    AttributeEncoding.append(key: key, int: int, to: &attributes)
  }

  package mutating func appendAttribute(key: Span<UInt8>, double: Double) {
    AttributeEncoding.append(key: key, double: double, to: &attributes)
  }

  package mutating func appendAttribute(key: Span<UInt8>, bool: Bool) {
    AttributeEncoding.append(key: key, bool: bool, to: &attributes)
  }

  /// Adds attributes that are encoded already, as `AttributeEncoding` says.
  package mutating func appendAttributes(encoded: Span<UInt8>) { attributes.append(encoded) }

  /// Forgets the attributes added since the last event.
  package mutating func dropEvent() {
    attributes.removeSubrange(Int(attributeEnds.last ?? 0)...)
  }

  /// Adds an event, with the attributes appended since the last one.
  ///
  /// - Parameters:
  ///   - severityText: Well-formed UTF-8.
  ///   - index: Position in the batch as sent; above that of the event before.
  package mutating func endEvent(
    timestamp: Timestamp, severity: Severity, severityText: Span<UInt8>, message: Span<UInt8>, traceID: TraceID?,
    spanID: SpanID?, index: UInt32
  ) {
    timestamps.append(timestamp.nanoseconds)
    severities.append(severity.number)
    severityTexts.append(severityTextIndex(severityText))
    indexes.append(index)
    messages.append(message)
    messageEnds.append(UInt32(messages.count))
    attributeEnds.append(UInt32(attributes.count))
    flags.append((traceID == nil ? 0 : Flag.trace) | (spanID == nil ? 0 : Flag.span))
    if let traceID { setTraceID(traceID) } else if !traceIDs.isEmpty { traceIDs.append(Identifier128(high: 0, low: 0)) }
    if let spanID { setSpanID(spanID) } else if !spanIDs.isEmpty { spanIDs.append(0) }
    if !originals.isEmpty { originals.append(0) }
  }

  /// Gives the event at `row` another time and keeps the one it had.
  package mutating func replaceTimestamp(at row: Int, with timestamp: Timestamp) {
    if originals.isEmpty { originals = [Int64](repeating: 0, count: count) }
    originals[row] = timestamps[row]
    flags[row] |= Flag.original
    timestamps[row] = timestamp.nanoseconds
  }

  private mutating func setTraceID(_ traceID: TraceID) {
    Self.fill(&traceIDs, to: count - 1, with: Identifier128(high: 0, low: 0))
    traceIDs.append(traceID.value)
  }

  private mutating func setSpanID(_ spanID: SpanID) {
    Self.fill(&spanIDs, to: count - 1, with: 0)
    spanIDs.append(spanID.value)
  }

  /// Makes up for the events before the first one that has the column.
  private static func fill<Value>(_ column: inout [Value], to count: Int, with value: Value) {
    while column.count < count { column.append(value) }
  }

  /// A batch has a handful of level names, mostly the one of the event before: a list is faster than a dictionary.
  private mutating func severityTextIndex(_ text: Span<UInt8>) -> UInt16 {
    if let last = severityTexts.last {
      let known = severityTextTable[Int(last)]
      if Self.equal(known.span, text) { return last }
    }
    for (index, known) in severityTextTable.enumerated() where Self.equal(known.span, text) { return UInt16(index) }
    // A batch of 65,535 different level names cannot be within 1 MiB with the rest of its events; the last entry is a
    // safe answer rather than a trap.
    guard severityTextTable.count < Int(UInt16.max) else { return 0 }
    severityTextTable.append([UInt8](text))
    return UInt16(severityTextTable.count - 1)
  }

  private static func equal(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
    guard left.count == right.count else { return false }
    for offset in 0..<left.count where left[offset] != right[offset] { return false }
    return true
  }
}
