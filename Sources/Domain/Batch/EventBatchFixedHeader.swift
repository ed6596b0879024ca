/// The part of a record's payload that has the same place in every record.
struct EventBatchFixedHeader {
  enum Column {
    static let indexes: UInt32 = 1
    static let traceIDs: UInt32 = 2
    static let spanIDs: UInt32 = 4
    static let originals: UInt32 = 8
    static let all: UInt32 = 15
  }

  var count: UInt32
  var digest: UInt32
  var producer: ProducerID
  var sequence: UInt64
  var firstSent: Timestamp
  var received: Timestamp
  var placement: UInt32
  /// Which of the optional columns are there.
  var columns: UInt32
  var variableBytes: UInt32
  var messageBytes: UInt32
  var attributeBytes: UInt32

  init(_ header: BatchHeader, _ events: EventColumns, variableBytes: Int) {
    count = UInt32(events.count)
    digest = header.digest
    producer = header.producer
    sequence = header.sequence
    firstSent = header.firstSent
    received = header.received
    placement = header.placement
    let isContiguous = events.indexes.last.map { Int($0) == events.count - 1 } ?? true
    columns = isContiguous ? 0 : Column.indexes
    if !events.traceIDs.isEmpty { columns |= Column.traceIDs }
    if !events.spanIDs.isEmpty { columns |= Column.spanIDs }
    if !events.originals.isEmpty { columns |= Column.originals }
    self.variableBytes = UInt32(variableBytes)
    messageBytes = UInt32(events.messages.count)
    attributeBytes = UInt32(events.attributes.count)
  }

  init(_ span: Span<UInt8>, at cursor: inout ByteCursor) throws(DecodingError) {
    count = try cursor.uint32(span)
    digest = try cursor.uint32(span)
    producer = ProducerID(try Identifier128(span, at: &cursor))
    sequence = try cursor.uint64(span)
    firstSent = Timestamp(nanoseconds: try cursor.int64(span))
    received = Timestamp(nanoseconds: try cursor.int64(span))
    placement = try cursor.uint32(span)
    columns = try cursor.uint32(span)
    variableBytes = try cursor.uint32(span)
    messageBytes = try cursor.uint32(span)
    attributeBytes = try cursor.uint32(span)
    guard columns & ~Column.all == 0 else {
      throw DecodingError(.malformed, at: cursor.offset, "a record has columns that this version does not know")
    }
  }

  func append(to bytes: inout [UInt8]) {
    bytes.append(uint32: count)
    bytes.append(uint32: digest)
    producer.value.append(to: &bytes)
    bytes.append(uint64: sequence)
    bytes.append(int64: firstSent.nanoseconds)
    bytes.append(int64: received.nanoseconds)
    bytes.append(uint32: placement)
    bytes.append(uint32: columns)
    bytes.append(uint32: variableBytes)
    bytes.append(uint32: messageBytes)
    bytes.append(uint32: attributeBytes)
  }
}
