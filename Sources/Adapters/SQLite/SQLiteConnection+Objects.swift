import Domain

extension SQLiteConnection {
  /// Every object of a partition, in the order in which they were committed.
  func objects(in partition: PartitionID) throws(SQLiteError) -> [ObjectDescriptor] {
    try transaction(.deferred) { () throws(SQLiteError) in try storedObjects(of: partition) }
  }

  /// The same, within a transaction of the caller's.
  func storedObjects(of partition: PartitionID) throws(SQLiteError) -> [ObjectDescriptor] {
    var objects: [ObjectDescriptor] = []
    try prepared(
      """
      SELECT id, key, flush, size, sha256, format_version, codec FROM objects WHERE partition = ? ORDER BY id
      """
    ).rows(.init(partition)) { (row) throws(SQLiteError) in
      guard let formatVersion = UInt8(exactly: row.integer(5)) else {
        throw .corrupt("a format version has over 8 bits")
      }
      objects.append(
        ObjectDescriptor(
          key: try row.objectKey(1), flush: FlushID(try row.identifier(2)), size: row.int(3),
          sha256: row.isNull(4) ? nil : row.blob(4),
          formatVersion: formatVersion, codec: row.text(6), chunks: try chunks(ofObject: row.integer(0))))
    }
    return objects
  }

  private func chunks(ofObject object: Int64) throws(SQLiteError) -> [ChunkDescriptor] {
    var chunks: [ChunkDescriptor] = []
    try prepared(
      """
      SELECT \(SQLiteStatement.chunkColumns), t.name, s.service
      FROM chunks AS c JOIN streams AS s ON s.id = c.stream JOIN tenants AS t ON t.id = c.tenant
      WHERE c.object = ? ORDER BY c.ordinal
      """
    ).rows(.integer(object)) { (row) throws(SQLiteError) in
      chunks.append(try row.chunk(of: StreamID(tenant: try row.tenant(9), service: try row.service(10))))
    }
    return chunks
  }
}
