/// The columns of a row group that counting needs. What is not needed is not read: the columns that tell most lie first.
package struct RowGroupColumns: MatchableRows, Sendable {
  package let messageStorage: [UInt8]
  private let group: RowGroup
  /// Nil where all rows count alike, wherever in the group's span they are.
  private let timestamps: [Int64]?
  /// Nil where all rows count alike.
  private let severities: [UInt8]?
  private let messageEnds: [UInt32]
  private let traces: RowTraces?

  /// The bytes to read, from the chunk's first byte.
  package static func byteRange(of group: RowGroup, _ columns: EventCount.Columns) -> Range<Int> {
    let last: RowGroupBlock.Kind =
      if columns.contains(.traces) {
        .traces
      } else if columns.contains(.messages) {
        .messages
      } else if columns.contains(.severities) {
        .severities
      } else {
        .timestamps
      }
    return group.offset..<(group.offset + group.range(of: last).upperBound)
  }

  /// Decodes what is needed.
  ///
  /// - Parameters:
  ///   - bytes: What `byteRange(of:_:)` says, or more.
  ///   - search: Decode no more than the messages if none of them holds this text, and be nil.
  /// - Throws: If a checksum does not fit or a column is not as the format says.
  package init?(
    _ group: RowGroup, _ columns: EventCount.Columns, bytes: [UInt8], codec: any BlockCompression,
    unlessWithout search: SubstringSearch?
  ) throws(DecodingError) {
    guard bytes.count >= Self.byteRange(of: group, columns).count else {
      throw DecodingError(.truncated, at: 0, "\(bytes.count) bytes of a row group where more are needed")
    }
    self.group = group
    let blocks = RowGroupBlocks(group: group, bytes: bytes, codec: codec)
    let count = group.rowCount
    if columns.contains(.messages) {
      let messages = try blocks.decode(.messages)
      if let search, search.first(in: messages.span) == nil { return nil }
      messageStorage = messages
      messageEnds = try ColumnDecoding.ends(
        try blocks.decode(.messageLengths), count: count, total: messages.count)
    } else {
      (messageStorage, messageEnds) = ([], [])
    }
    timestamps =
      columns.contains(.times)
      ? try ColumnDecoding.differences(try blocks.decode(.timestamps), count: count) : nil
    severities =
      columns.contains(.severities)
      ? try ColumnDecoding.severityNumbers(try blocks.decode(.severities), count: count) : nil
    traces = columns.contains(.traces) ? try RowTraces(try blocks.decode(.traces), count: count) : nil
  }

  package var rowCount: Int { group.rowCount }
  package var severitiesPresent: UInt32 { group.severities }

  package func timestamp(at row: Int) -> Timestamp {
    timestamps.map { Timestamp(nanoseconds: $0[row]) } ?? group.timeSpan.lowerBound
  }

  package func severityNumber(at row: Int) -> UInt8 {
    severities?[row] ?? UInt8(group.severities.trailingZeroBitCount)
  }

  package func messageRange(at row: Int) -> Range<Int> {
    Int(row == 0 ? 0 : messageEnds[row - 1])..<Int(messageEnds[row])
  }

  package func traceID(at row: Int) -> TraceID? { traces?.traceID(at: row) }
}
