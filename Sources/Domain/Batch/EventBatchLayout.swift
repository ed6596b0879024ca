/// Where each column of a record begins, in bytes from the record's start.
struct EventBatchLayout: Sendable {
  let timestamps: Int
  let messageEnds: Int
  let attributeEnds: Int
  let severityTexts: Int
  let severities: Int
  let flags: Int
  let indexes: Int?
  let traceIDs: Int?
  let spanIDs: Int?
  let originals: Int?
  let messages: Int
  let attributes: Int
  let attributesEnd: Int

  /// - Throws: If the columns do not end where the record ends.
  init(_ fixed: EventBatchFixedHeader, columnsAt start: Int, total: Int) throws(DecodingError) {
    let count = Int(fixed.count)
    var offset = start
    func column(_ width: Int) -> Int {
      defer { offset += width * count }
      return offset
    }
    func column(_ width: Int, if flag: UInt32) -> Int? { fixed.columns & flag == 0 ? nil : column(width) }
    timestamps = column(8)
    messageEnds = column(4)
    attributeEnds = column(4)
    severityTexts = column(2)
    severities = column(1)
    flags = column(1)
    indexes = column(4, if: EventBatchFixedHeader.Column.indexes)
    traceIDs = column(16, if: EventBatchFixedHeader.Column.traceIDs)
    spanIDs = column(8, if: EventBatchFixedHeader.Column.spanIDs)
    originals = column(8, if: EventBatchFixedHeader.Column.originals)
    messages = offset
    attributes = messages + Int(fixed.messageBytes)
    attributesEnd = attributes + Int(fixed.attributeBytes)
    guard attributesEnd == total else {
      throw DecodingError(
        .malformed, at: start, "a record of \(count) events should have \(attributesEnd) bytes, it has \(total)")
    }
  }

  /// Checks what reading by row relies on, and finds the span of times in the same pass.
  func check(_ span: Span<UInt8>, count: Int, severityTexts texts: Int) throws(DecodingError) -> ClosedRange<Timestamp>?
  {
    var earliest = Int64.max
    var latest = Int64.min
    var messageEnd = 0
    var attributeEnd = 0
    var flags: UInt8 = 0
    for row in 0..<count {
      let time = span.int64(at: timestamps + row * 8)
      earliest = min(earliest, time)
      latest = max(latest, time)
      let nextMessageEnd = Int(span.uint32(at: messageEnds + row * 4))
      let nextAttributeEnd = Int(span.uint32(at: attributeEnds + row * 4))
      let isInOrder = nextMessageEnd >= messageEnd && nextAttributeEnd >= attributeEnd
      let isKnown = Int(span.uint16(at: severityTexts + row * 2)) < texts && span[severities + row] <= 24
      guard isInOrder, isKnown else {
        throw DecodingError(
          .malformed, at: messageEnds + row * 4, "the columns of event \(row) of a record are out of range")
      }
      messageEnd = nextMessageEnd
      attributeEnd = nextAttributeEnd
      flags |= span[self.flags + row]
    }
    try checkOptionalColumns(span, count: count, flags: flags)
    guard messageEnd == attributes - messages, attributeEnd == attributesEnd - attributes else {
      throw DecodingError(.malformed, at: messages, "the messages or attributes of a record do not fill their space")
    }
    return count == 0 ? nil : Timestamp(nanoseconds: earliest)...Timestamp(nanoseconds: latest)
  }

  /// - Parameter flags: Those of all rows together.
  private func checkOptionalColumns(_ span: Span<UInt8>, count: Int, flags: UInt8) throws(DecodingError) {
    var known: UInt8 = 0
    if traceIDs != nil { known |= EventColumns.Flag.trace }
    if spanIDs != nil { known |= EventColumns.Flag.span }
    if originals != nil { known |= EventColumns.Flag.original }
    guard flags & ~known == 0 else {
      throw DecodingError(.malformed, at: self.flags, "an event of a record has flags without their column")
    }
    guard let indexes else { return }
    for row in 1..<max(count, 1) where span.uint32(at: indexes + row * 4) <= span.uint32(at: indexes + row * 4 - 4) {
      throw DecodingError(.malformed, at: indexes + row * 4, "the indexes of a record do not ascend")
    }
  }

  func messageRange(_ span: Span<UInt8>, _ row: Int) -> Range<Int> {
    let start = row == 0 ? 0 : Int(span.uint32(at: messageEnds + row * 4 - 4))
    return (messages + start)..<(messages + Int(span.uint32(at: messageEnds + row * 4)))
  }

  func attributesRange(_ span: Span<UInt8>, _ row: Int) -> Range<Int> {
    let start = row == 0 ? 0 : Int(span.uint32(at: attributeEnds + row * 4 - 4))
    return (attributes + start)..<(attributes + Int(span.uint32(at: attributeEnds + row * 4)))
  }
}
