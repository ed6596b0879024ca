import Application
import Domain

extension SQLiteConnection {
  /// Commits a flush in one transaction.
  ///
  /// - Returns: Why it was refused, with nothing changed; nil once it is durable.
  func commit(_ commit: FlushCommit, now: Timestamp) throws(SQLiteError) -> ChunkIndexError? {
    try transaction(.immediate) { () throws(SQLiteError) in
      let head = try partitionHead(commit.partition)
      let refusal = commit.refusal(
        generation: try generation(), epoch: head?.epoch, watermark: head?.watermark ?? 0, head: head?.flush, now: now)
      if let refusal { return refusal }
      try advancePartition(
        commit.partition,
        to: PartitionHead(epoch: commit.epoch, watermark: commit.range.upperBound, flush: commit.flush))
      try insert(commit.objects, in: commit.partition)
      try foldWindows(commit)
      try insert(commit.deadLetters, of: commit.flush, in: commit.partition)
      return nil
    }
  }

  /// Behind those that are there.
  func insert(_ objects: [ObjectDescriptor], in partition: PartitionID) throws(SQLiteError) {
    var names = StreamNumbers()
    for object in objects {
      try prepared(
        """
        INSERT INTO objects (partition, key, flush, size, sha256, format_version, codec)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """
      ).run(
        .init(partition), .text(object.key.text), .init(object.flush.value), .init(object.size),
        object.sha256.map { .blob($0) } ?? .null, .init(Int(object.formatVersion)), .text(object.codec))
      let row = lastInsertedRow
      for (ordinal, chunk) in object.chunks.enumerated() {
        let numbers = try names.numbers(of: chunk.stream, in: self)
        try insert(chunk, object: row, ordinal: ordinal, partition, numbers)
      }
    }
  }

  private func insert(
    _ chunk: ChunkDescriptor, object: Int64, ordinal: Int, _ partition: PartitionID, _ numbers: StreamNumbers.Pair
  ) throws(SQLiteError) {
    let spanClass = SpanClass(chunk.timeSpan)
    try prepared(
      """
      INSERT INTO chunks (object, ordinal, partition, tenant, stream, span_class, earliest, latest, bucket, byte_start,
        byte_end, directory_start, directory_end, event_count, severities)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """
    ).run(
      .integer(object), .init(ordinal), .init(partition), .integer(numbers.tenant), .integer(numbers.stream),
      .init(spanClass.number), .init(chunk.timeSpan.lowerBound), .init(chunk.timeSpan.upperBound),
      .init(chunk.bucket.start), .init(chunk.byteRange.lowerBound), .init(chunk.byteRange.upperBound),
      .init(chunk.directoryRange.lowerBound), .init(chunk.directoryRange.upperBound), .init(chunk.eventCount),
      .init(Int(chunk.severities)))
    try prepared("INSERT OR IGNORE INTO span_classes (partition, tenant, class) VALUES (?, ?, ?)").run(
      .init(partition), .integer(numbers.tenant), .init(spanClass.number))
  }

  /// Behind those that are there.
  func insert(
    _ letters: [DeadLetterID], of flush: FlushID, in partition: PartitionID
  ) throws(SQLiteError) {
    for letter in letters {
      let insertion = try prepared(
        """
        INSERT INTO dead_letters
          (partition, flush, producer, tenant, service, sequence, event_index, checksum, byte_count)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
      let partition = SQLiteValue(partition)
      let flush = SQLiteValue(flush.value)
      switch letter {
      case .batch(let key, let sequence, let digest, let index):
        try insertion.run(
          partition, flush, .init(key.producer.value), .text(key.stream.tenant.text), .text(key.stream.service.text),
          .init(bits: sequence), index.map { .init(Int($0)) } ?? .null, .init(Int(digest)), .null)
      case .bytes(let checksum, let count):
        try insertion.run(
          partition, flush, .null, .null, .null, .null, .null, .init(Int(checksum)), .init(count))
      }
    }
  }
}
