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

  /// At least one object: an empty one if there are no events, since a watermark never moves without an object.
  package func objects(of flush: Flush) -> [Object] {
    let chunks = chunks(of: flush)
    let parts = FlushLayout.parts(chunks.map { ($0.chunk.stream, $0.chunk.bytes.count) })
    var keys = parts.enumerated().map { number, part in
      key(flush, tenant: part.tenant, label: part.service.map { ObjectKey.encoded($0.text, digest) } ?? "pack", number)
    }
    if parts.isEmpty { keys = [key(flush, tenant: nil, label: "empty", 0)] }
    let record = FlushRecord(
      flush: flush.flush, parent: flush.parent, partition: flush.partition, epoch: flush.epoch, range: flush.range,
      parts: keys, windows: flush.windows, deadLetters: flush.deadLetters, newestAppend: flush.newestAppend)
    return keys.enumerated().map { number, key in
      let members = parts.isEmpty ? [] : parts[number].chunks.map { chunks[$0] }
      let (bytes, descriptors) = ObjectFormat.encode(members, codec: Codec.name, record: record)
      return Object(
        bytes: bytes,
        descriptor: ObjectDescriptor(
          key: key, flush: flush.flush, size: bytes.count, sha256: digest.sha256(bytes.span),
          formatVersion: ObjectFormat.version, codec: Codec.name, chunks: descriptors))
    }
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
