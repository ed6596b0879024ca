/// Writes the row groups of one chunk, and adds what they need to the chunk's dictionaries.
struct RowGroupEncoder<Codec: BlockCompression> {
  private let codec: Codec
  private var producers = NumberedValues<ProducerID>()
  private var resources = NumberedValues<[UInt8]>()
  private var severityTexts: [String] = []

  init(codec: Codec) { self.codec = codec }

  /// The chunk's directory, once all its groups are written.
  func directory(of groups: [RowGroup]) -> ChunkDirectory {
    var directory = ChunkDirectory()
    directory.producers = producers.values
    directory.severityTexts = severityTexts
    directory.resources = resources.values
    directory.groups = groups
    return directory
  }

  mutating func encode(
    _ rows: ArraySlice<RowReference>, of batches: [EventBatch], at offset: Int, into bytes: inout [UInt8]
  ) -> RowGroup {
    let columns = columns(rows, of: batches)
    var blocks: [RowGroupBlock] = []
    for column in [
      columns.timestamps, columns.origins, columns.severities, columns.messageLengths, columns.messages,
      columns.attributes, columns.traces,
    ] {
      let start = bytes.count
      if !column.isEmpty { codec.compress(column.span, to: &bytes) }
      let stored = bytes.span.extracting(start..<bytes.count)
      blocks.append(
        RowGroupBlock(storedBytes: stored.count, rawBytes: column.count, checksum: CRC32C.checksum(stored)))
    }
    return RowGroup(
      rowCount: rows.count, timeSpan: columns.earliest...columns.latest, severities: columns.severitiesPresent,
      offset: offset, blocks: blocks)
  }

  private struct Columns {
    var timestamps: [UInt8] = []
    var origins: [UInt8] = []
    var severities: [UInt8] = []
    var messageLengths: [UInt8] = []
    var messages: [UInt8] = []
    var attributes: [UInt8] = []
    var traces: [UInt8] = []
    var earliest = Timestamp.distantFuture
    var latest = Timestamp.distantPast
    var severitiesPresent: UInt32 = 0
  }

  private mutating func columns(_ rows: ArraySlice<RowReference>, of batches: [EventBatch]) -> Columns {
    var columns = Columns()
    writeTimestampsAndSeverities(rows, batches, &columns)
    writeOrigins(rows, batches, &columns)
    writeMessages(rows, batches, &columns)
    writeAttributes(rows, batches, &columns)
    writeTraces(rows, batches, &columns)
    return columns
  }

  private mutating func writeTimestampsAndSeverities(
    _ rows: ArraySlice<RowReference>, _ batches: [EventBatch], _ columns: inout Columns
  ) {
    var previous: Int64 = 0
    var texts: [UInt8] = []
    var known = TextIndex(severityTexts)
    Self.visit(rows, batches) { reference, batch in
      let row = Int(reference.row)
      let time = batch.timestamp(at: row)
      columns.timestamps.append(zigzag: time.nanoseconds &- previous)
      previous = time.nanoseconds
      columns.earliest = min(columns.earliest, time)
      columns.latest = max(columns.latest, time)
      let number = batch.severityNumber(at: row)
      columns.severities.append(number)
      columns.severitiesPresent |= 1 << UInt32(number)
      texts.append(varint: UInt64(known.index(of: batch, reference.batch, row)))
    }
    severityTexts = known.texts
    columns.severities.append(contentsOf: texts)
  }

  /// Runs of rows that follow one another in one batch: producer, sequence (difference from the run before), first index,
  /// length.
  private mutating func writeOrigins(
    _ rows: ArraySlice<RowReference>, _ batches: [EventBatch], _ columns: inout Columns
  ) {
    var previousSequence: UInt64 = 0
    var start = rows.startIndex
    while start < rows.endIndex {
      let batch = batches[Int(rows[start].batch)]
      let first = batch.index(at: Int(rows[start].row))
      var end = start + 1
      while end < rows.endIndex, rows[end].batch == rows[start].batch,
        batch.index(at: Int(rows[end].row)) == first &+ UInt32(end - start)
      {
        end += 1
      }
      columns.origins.append(varint: UInt64(producers.number(of: batch.header.producer)))
      columns.origins.append(zigzag: Int64(bitPattern: batch.header.sequence &- previousSequence))
      columns.origins.append(varint: UInt64(first))
      columns.origins.append(varint: UInt64(end - start))
      previousSequence = batch.header.sequence
      start = end
    }
  }

  /// Messages of rows that follow one another in a batch are copied at once.
  private func writeMessages(_ rows: ArraySlice<RowReference>, _ batches: [EventBatch], _ columns: inout Columns) {
    var start = rows.startIndex
    while start < rows.endIndex {
      let batch = batches[Int(rows[start].batch)]
      var range = batch.messageRange(at: Int(rows[start].row))
      columns.messageLengths.append(varint: UInt64(range.count))
      var end = start + 1
      while end < rows.endIndex, rows[end].batch == rows[start].batch, rows[end].row == rows[end - 1].row + 1 {
        let next = batch.messageRange(at: Int(rows[end].row))
        columns.messageLengths.append(varint: UInt64(next.count))
        range = range.lowerBound..<next.upperBound
        end += 1
      }
      columns.messages.append(batch.bytes.span.extracting(range))
      start = end
    }
  }

  /// Resource runs (index, length; ended by a run of length 0), attribute lengths, attributes.
  private mutating func writeAttributes(
    _ rows: ArraySlice<RowReference>, _ batches: [EventBatch], _ columns: inout Columns
  ) {
    var lengths: [UInt8] = []
    var blobs: [UInt8] = []
    var start = rows.startIndex
    while start < rows.endIndex {
      let batch = batches[Int(rows[start].batch)]
      var end = start
      while end < rows.endIndex, rows[end].batch == rows[start].batch {
        let range = batch.attributesRange(at: Int(rows[end].row))
        lengths.append(varint: UInt64(range.count))
        blobs.append(batch.bytes.span.extracting(range))
        end += 1
      }
      let resource = [UInt8](batch.bytes.span.extracting(batch.resourceRange))
      columns.attributes.append(varint: UInt64(resources.number(of: resource)))
      columns.attributes.append(varint: UInt64(end - start))
      start = end
    }
    columns.attributes.append(varint: 0)
    columns.attributes.append(varint: 0)
    columns.attributes.append(contentsOf: lengths)
    columns.attributes.append(contentsOf: blobs)
  }

  private func writeTraces(_ rows: ArraySlice<RowReference>, _ batches: [EventBatch], _ columns: inout Columns) {
    var spans: [UInt8] = []
    var originals: [UInt8] = []
    var traces: [UInt8] = []
    var any: UInt8 = 0
    Self.visit(rows, batches) { reference, batch in
      let row = Int(reference.row)
      // From what is there, not from the record's flags: one that is set over an id of zeros would shift all that follows.
      var flags: UInt8 = 0
      if let trace = batch.traceID(at: row) {
        flags |= EventColumns.Flag.trace
        trace.value.append(to: &traces)
      }
      if let span = batch.spanID(at: row) {
        flags |= EventColumns.Flag.span
        spans.append(uint64: span.value)
      }
      if let original = batch.originalTimestamp(at: row) {
        flags |= EventColumns.Flag.original
        originals.append(zigzag: original.nanoseconds)
      }
      any |= flags
      columns.traces.append(flags)
    }
    if any == 0 {
      columns.traces = []  // an empty block: no row has any
    } else {
      columns.traces.append(contentsOf: traces)
      columns.traces.append(contentsOf: spans)
      columns.traces.append(contentsOf: originals)
    }
  }

  /// Shows each row with its batch. Rows mostly come in runs of one batch: copying a batch, with all that it holds, once a run
  /// is enough.
  @inline(__always)
  private static func visit(
    _ rows: ArraySlice<RowReference>, _ batches: [EventBatch], _ body: (RowReference, EventBatch) -> Void
  ) {
    var number = rows[rows.startIndex].batch
    var batch = batches[Int(number)]
    for reference in rows {
      if reference.batch != number {
        number = reference.batch
        batch = batches[Int(number)]
      }
      body(reference, batch)
    }
  }
}
