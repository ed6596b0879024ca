import Application
import Domain

extension SQLiteConnection {
  func chunks(
    in partition: PartitionID, tenant: TenantID, service: ServiceName?, overlapping range: TimeRange
  ) throws(SQLiteError) -> IndexedChunks {
    try transaction(.deferred) { () throws(SQLiteError) in
      let head = try partitionHead(partition)
      return IndexedChunks(
        generation: try generation(), epoch: head?.epoch, watermark: head?.watermark ?? 0,
        gaps: try gaps(of: partition),
        chunks: try found(in: partition, tenant, service, range))
    }
  }

  func services(of tenant: TenantID) throws(SQLiteError) -> [ServiceName] {
    try transaction(.deferred) { () throws(SQLiteError) in
      guard let number = try tenantNumber(tenant) else { return [] }
      var services: [ServiceName] = []
      // SQLite's BINARY order is that of the bytes, as the port asks.
      try prepared("SELECT service FROM streams WHERE tenant = ? ORDER BY service").rows(.integer(number)) {
        (row) throws(SQLiteError) in services.append(try row.service(0))
      }
      return services
    }
  }

  func tenantNumber(_ tenant: TenantID) throws(SQLiteError) -> Int64? {
    try prepared("SELECT id FROM tenants WHERE name = ?").integer(.text(tenant.text))
  }

  private func found(
    in partition: PartitionID, _ tenant: TenantID, _ service: ServiceName?, _ range: TimeRange
  ) throws(SQLiteError) -> [IndexedChunks.Chunk] {
    guard let tenantNumber = try tenantNumber(tenant), let lastStart = range.lastMoment else { return [] }
    var owner = tenantNumber
    if let service {
      let stream = try prepared("SELECT id FROM streams WHERE tenant = ? AND service = ?").integer(
        .integer(tenantNumber), .text(service.text))
      guard let stream else { return [] }
      owner = stream
    }
    let lookUp = try prepared(service == nil ? Self.chunksOfTenant : Self.chunksOfStream)
    var chunks: [IndexedChunks.Chunk] = []
    for spanClass in try spanClasses(in: partition, tenantNumber) {
      try lookUp.rows(
        .init(partition), .integer(owner), .init(spanClass.number),
        .init(spanClass.earliestStart(reaching: range.start)), .init(lastStart), .init(range.start)
      ) { (row) throws(SQLiteError) in
        let name = if let service { service } else { try row.service(12) }
        let stream = StreamID(tenant: tenant, service: name)
        chunks.append(
          IndexedChunks.Chunk(
            object: try row.objectKey(9), objectSize: row.int(10), codec: row.text(11),
            descriptor: try row.chunk(of: stream)))
      }
    }
    return chunks
  }

  private func spanClasses(in partition: PartitionID, _ tenant: Int64) throws(SQLiteError) -> [SpanClass] {
    var classes: [SpanClass] = []
    try prepared("SELECT class FROM span_classes WHERE partition = ? AND tenant = ?").rows(
      .init(partition), .integer(tenant)
    ) { (row) throws(SQLiteError) in
      guard let spanClass = SpanClass(number: row.integer(0)) else { throw .corrupt("a span class is not 0 to 64") }
      classes.append(spanClass)
    }
    return classes
  }

  private static let chunksOfStream = lookUp(index: "chunks_by_stream", owner: "stream")
  private static let chunksOfTenant = lookUp(index: "chunks_by_tenant", owner: "tenant")

  /// `INDEXED BY` makes a plan that reads more an error rather than a slow query.
  private static func lookUp(index: String, owner: String) -> String {
    """
    SELECT \(SQLiteStatement.chunkColumns), o.key, o.size, o.codec, s.service
    FROM chunks AS c INDEXED BY \(index)
    JOIN objects AS o ON o.id = c.object
    JOIN streams AS s ON s.id = c.stream
    WHERE c.partition = ?1 AND c.\(owner) = ?2 AND c.span_class = ?3 AND c.earliest BETWEEN ?4 AND ?5 AND c.latest >= ?6
    """
  }
}

extension SQLiteStatement {
  /// What `chunk(of:)` reads, as columns 0 to 8.
  static let chunkColumns = """
    c.earliest, c.latest, c.bucket, c.byte_start, c.byte_end, c.directory_start, c.directory_end, c.event_count, c.severities
    """

  func chunk(of stream: StreamID) throws(SQLiteError) -> ChunkDescriptor {
    guard let severities = UInt32(exactly: integer(8)) else { throw .corrupt("severities have over 32 bits") }
    return ChunkDescriptor(
      stream: stream, bucket: TimeBucket(start: timestamp(2)), byteRange: try range(3, 4),
      directoryRange: try range(5, 6), timeSpan: try timeSpan(0, 1), eventCount: int(7), severities: severities)
  }
}

extension TimeRange {
  /// The last nanosecond within; nil if the range is over before time begins.
  fileprivate var lastMoment: Timestamp? {
    if end == .distantFuture { return end }
    return end == .distantPast ? nil : end.advanced(by: .nanoseconds(-1))
  }
}
