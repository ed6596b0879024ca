/// Turns the batches of one flush into objects. No clock and no randomness: the same batches in the same flush give the
/// same bytes (DESIGN section 4, rule 12).
package struct FlushEncoder<Codec: BlockCompression, Digest: ObjectDigest>: Sendable {
  private let codec: Codec
  private let digest: Digest
  /// Segments joined by `/`, or empty.
  private let prefix: String
  private let bucketWidth: Duration

  package init(codec: Codec, digest: Digest, prefix: String, bucketWidth: Duration = TimeBucket.defaultWidth) {
    self.codec = codec
    self.digest = digest
    self.prefix = prefix
    self.bucketWidth = bucketWidth
  }

  /// What a flush is, before its objects have names.
  package struct Flush: Sendable {
    package let flush: FlushID
    package let parent: FlushID?
    package let partition: PartitionID
    package let epoch: LogEpoch
    package let range: Range<UInt64>
    /// In the order of the log.
    package let batches: [EventBatch]
    package let windows: [WindowChange]
    package let deadLetters: [DeadLetterID]
    package let newestAppend: Timestamp

    package init(
      flush: FlushID, parent: FlushID?, partition: PartitionID, epoch: LogEpoch, range: Range<UInt64>,
      batches: [EventBatch], windows: [WindowChange], deadLetters: [DeadLetterID], newestAppend: Timestamp
    ) {
      self.flush = flush
      self.parent = parent
      self.partition = partition
      self.epoch = epoch
      self.range = range
      self.batches = batches
      self.windows = windows
      self.deadLetters = deadLetters
      self.newestAppend = newestAppend
    }
  }

  /// An object ready to be put.
  package struct Object: Sendable {
    package let bytes: [UInt8]
    package let descriptor: ObjectDescriptor
  }

  /// The chunks of a flush, encoded, and how they are spread over objects. Objects are laid out one at a time, so that they
  /// need not be in memory together.
  package struct Plan: Sendable {
    fileprivate let flush: Flush
    fileprivate let chunks: [(chunk: EncodedChunk, bucket: TimeBucket)]
    /// Empty for a flush without events.
    fileprivate let parts: [FlushLayout.Part]
    /// At least one: a watermark never moves without an object.
    package let keys: [ObjectKey]
  }

  package func plan(_ flush: Flush) -> Plan {
    let chunks = chunks(of: flush)
    let parts = FlushLayout.parts(chunks.map { ($0.chunk.stream, $0.chunk.bytes.count) })
    var keys = parts.enumerated().map { number, part in
      key(flush, tenant: part.tenant, label: part.service.map { ObjectKey.encoded($0.text, digest) } ?? "pack", number)
    }
    if parts.isEmpty { keys = [key(flush, tenant: nil, label: "empty", 0)] }
    return Plan(flush: flush, chunks: chunks, parts: parts, keys: keys)
  }

  /// - Parameter number: A position in `plan.keys`.
  package func object(_ number: Int, of plan: Plan) -> Object {
    let flush = plan.flush
    let isFirst = number == 0
    let record = FlushRecord(
      flush: flush.flush, parent: flush.parent, partition: flush.partition, epoch: flush.epoch, range: flush.range,
      partCount: plan.keys.count, parts: isFirst ? plan.keys : [plan.keys[0]], windows: isFirst ? flush.windows : [],
      deadLetters: isFirst ? flush.deadLetters : [], newestAppend: flush.newestAppend)
    let members = plan.parts.isEmpty ? [] : plan.parts[number].chunks.map { plan.chunks[$0] }
    let (bytes, descriptors) = ObjectFormat.encode(members, codec: Codec.name, record: record)
    return Object(
      bytes: bytes,
      descriptor: ObjectDescriptor(
        key: plan.keys[number], flush: flush.flush, size: bytes.count, sha256: digest.sha256(bytes.span),
        formatVersion: ObjectFormat.version, codec: Codec.name, chunks: descriptors))
  }

  private func key(_ flush: Flush, tenant: TenantID?, label: String, _ part: Int) -> ObjectKey {
    ObjectKey(
      prefix: prefix, tenant: tenant, label: label, record: (flush.flush, flush.epoch), partition: flush.partition,
      range: flush.range, newestAppend: flush.newestAppend, part: part, digest: digest)
  }

  /// Sorted by stream, then bucket.
  private func chunks(of flush: Flush) -> [(chunk: EncodedChunk, bucket: TimeBucket)] {
    var batchesByStream: [StreamID: [EventBatch]] = [:]
    for batch in flush.batches { batchesByStream[batch.header.stream, default: []].append(batch) }
    let writer = ChunkWriter(codec: codec)
    var chunks: [(chunk: EncodedChunk, bucket: TimeBucket)] = []
    for stream in batchesByStream.keys.sorted() {
      let batches = batchesByStream[stream] ?? []
      for (bucket, rows) in RowOrdering.rowsByBucket(of: batches, width: bucketWidth) {
        chunks.append((writer.encode(rows, of: batches), bucket))
      }
    }
    return chunks
  }
}
