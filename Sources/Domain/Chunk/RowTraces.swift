/// Trace ids, span ids and original timestamps of a group's rows.
struct RowTraces: Sendable {
  /// Empty if no row has any of the three.
  private let flags: [UInt8]
  private let bytes: [UInt8]
  /// Which trace, span and original of those stored a row has; only meaningful where its flag is set.
  private let ranks: [(trace: UInt32, span: UInt32)]
  private let tracesStart: Int
  private let spansStart: Int
  private let originals: [Int: Timestamp]

  init(_ column: [UInt8], count: Int) throws(DecodingError) {
    bytes = column
    guard !column.isEmpty else {
      (flags, ranks, tracesStart, spansStart, originals) = ([], [], 0, 0, [:])
      return
    }
    let span = column.span
    var cursor = ByteCursor(end: span.count)
    let flags = [UInt8](span.extracting(try cursor.take(count)))
    var ranks: [(trace: UInt32, span: UInt32)] = []
    ranks.reserveCapacity(count)
    var traces: UInt32 = 0
    var spans: UInt32 = 0
    for flag in flags {
      ranks.append((traces, spans))
      if flag & EventColumns.Flag.trace != 0 { traces += 1 }
      if flag & EventColumns.Flag.span != 0 { spans += 1 }
    }
    tracesStart = try cursor.take(Int(traces) * 16).lowerBound
    spansStart = try cursor.take(Int(spans) * 8).lowerBound
    var originals: [Int: Timestamp] = [:]
    for (row, flag) in flags.enumerated() where flag & EventColumns.Flag.original != 0 {
      originals[row] = Timestamp(nanoseconds: try cursor.zigzag(span))
    }
    try ColumnDecoding.expectEnd(cursor, "traces")
    self.flags = flags
    self.ranks = ranks
    self.originals = originals
  }

  func traceID(at row: Int) -> TraceID? {
    guard !flags.isEmpty, flags[row] & EventColumns.Flag.trace != 0 else { return nil }
    let offset = tracesStart + Int(ranks[row].trace) * 16
    return Identifier128(bytes: bytes.span.extracting(offset..<(offset + 16))).flatMap { TraceID($0) }
  }

  func spanID(at row: Int) -> SpanID? {
    guard !flags.isEmpty, flags[row] & EventColumns.Flag.span != 0 else { return nil }
    return SpanID(bytes.span.uint64(at: spansStart + Int(ranks[row].span) * 8))
  }

  func original(at row: Int) -> Timestamp? { originals[row] }
}
