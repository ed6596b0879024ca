/// One row group, decoded as far as a scan needs it: the columns that say whether a row fits at once, the rest when an
/// event is shown.
package struct RowGroupReader: EventRows, Sendable {
  package let group: RowGroup
  package let messageStorage: [UInt8]
  private let service: ServiceName
  private let directory: ChunkDirectory
  private let timestamps: [Int64]
  private let severities: [UInt8]
  private let severityTexts: [UInt32]
  private let messageEnds: [UInt32]
  private let origins: RowOrigins
  private let attributes: RowAttributes
  private let traces: RowTraces

  /// Decodes the group from its blocks.
  ///
  /// - Parameters:
  ///   - bytes: What `group.byteRange` says, and nothing else.
  ///   - search: Decode no more than the messages if none of them holds this text, and be nil.
  /// - Throws: If a checksum does not fit or a column is not as the format says.
  package init?(
    _ group: RowGroup, of directory: ChunkDirectory, service: ServiceName, bytes: [UInt8],
    codec: any BlockCompression, unlessWithout search: SubstringSearch?
  ) throws(DecodingError) {
    guard bytes.count == group.byteRange.count else {
      throw DecodingError(.truncated, at: 0, "a row group of \(group.byteRange.count) bytes came as \(bytes.count)")
    }
    let blocks = RowGroupBlocks(group: group, bytes: bytes, codec: codec)
    let messages = try blocks.decode(.messages)
    if let search, search.first(in: messages.span) == nil { return nil }
    messageStorage = messages
    self.group = group
    self.directory = directory
    self.service = service
    let count = group.rowCount
    timestamps = try ColumnDecoding.differences(try blocks.decode(.timestamps), count: count)
    (severities, severityTexts) = try ColumnDecoding.severities(
      try blocks.decode(.severities), count: count, texts: directory.severityTexts.count)
    messageEnds = try ColumnDecoding.ends(
      try blocks.decode(.messageLengths), count: count, total: messageStorage.count)
    origins = try RowOrigins(try blocks.decode(.origins), count: count, producers: directory.producers.count)
    attributes = try RowAttributes(try blocks.decode(.attributes), count: count, resources: directory.resources.count)
    traces = try RowTraces(try blocks.decode(.traces), count: count)
  }

  /// Decodes the group, whatever its messages say.
  package init(
    _ group: RowGroup, of directory: ChunkDirectory, service: ServiceName, bytes: [UInt8], codec: any BlockCompression
  ) throws(DecodingError) {
    guard
      let reader = try RowGroupReader(
        group, of: directory, service: service, bytes: bytes, codec: codec, unlessWithout: nil)
    else { preconditionFailure("a row group was left out without a text to look for") }
    self = reader
  }

  package var rowCount: Int { group.rowCount }
  package var severitiesPresent: UInt32 { group.severities }

  package func timestamp(at row: Int) -> Timestamp { Timestamp(nanoseconds: timestamps[row]) }
  package func severityNumber(at row: Int) -> UInt8 { severities[row] }
  package func traceID(at row: Int) -> TraceID? { traces.traceID(at: row) }

  package func messageRange(at row: Int) -> Range<Int> {
    Int(row == 0 ? 0 : messageEnds[row - 1])..<Int(messageEnds[row])
  }

  package func key(at row: Int) -> OrderKey {
    let origin = origins.origin(of: row)
    return OrderKey(
      timestamp: timestamp(at: row), service: service, producer: directory.producers[origin.producer],
      sequence: origin.sequence, index: origin.index)
  }

  package func event(at row: Int) throws(DecodingError) -> Event {
    let resource = directory.resources[attributes.resource(at: row)]
    return Event(
      key: key(at: row), severity: Severity(trusted: severities[row]),
      severityText: directory.severityTexts[Int(severityTexts[row])],
      message: [UInt8](messageStorage.span.extracting(messageRange(at: row))), traceID: traces.traceID(at: row),
      spanID: traces.spanID(at: row), attributes: try attributes.attributes(at: row),
      resource: try AttributeEncoding.attributes(resource.span),
      originalTimestamp: traces.original(at: row))
  }
}
