import Application
import Domain

extension SQLiteConnection {
  /// Takes the marker away and makes room for what a rebuild finds, in one transaction.
  func beginRebuild(as generation: Generation) throws(SQLiteError) {
    try transaction(.immediate) { () throws(SQLiteError) in
      try execute("DELETE FROM generation; DELETE FROM staged")
      try prepared("INSERT INTO rebuild (id, marker) VALUES (1, ?1) ON CONFLICT (id) DO UPDATE SET marker = ?1").run(
        .init(generation.value))
    }
  }

  /// - Returns: Why it was not staged; nil once it is durable.
  func stage(_ snapshot: PartitionSnapshot) throws(SQLiteError) -> ChunkIndexError? {
    try transaction(.immediate) { () throws(SQLiteError) in
      guard try rebuildGeneration() == snapshot.generation else { return try rebuiltElsewhere() }
      try prepared("INSERT OR REPLACE INTO staged (partition, encoded) VALUES (?, ?)").run(
        .init(snapshot.partition), .blob(snapshot.encoded))
      return nil
    }
  }

  /// Puts what was staged in the place of all that there is, in one transaction; one partition at a time is in memory.
  ///
  /// - Returns: Why nothing was changed; nil once it is durable.
  func finishRebuild(as generation: Generation) throws(SQLiteError) -> ChunkIndexError? {
    try transaction(.immediate) { () throws(SQLiteError) in
      guard try self.generation() == nil, try rebuildGeneration() == generation else { return try rebuiltElsewhere() }
      for table in Self.contents { try execute("DELETE FROM \(table)") }
      try prepared("SELECT encoded FROM staged ORDER BY partition").rows { (row) throws(SQLiteError) in
        let snapshot: PartitionSnapshot
        do throws(DecodingError) {
          snapshot = try row.withBytes(0) { (bytes) throws(DecodingError) in try PartitionSnapshot(encoded: bytes) }
        } catch { throw .corrupt("a staged partition: \(error)") }
        try insert(snapshot)
      }
      try execute("DELETE FROM staged; DELETE FROM rebuild")
      try prepared("INSERT INTO generation (id, marker) VALUES (1, ?)").run(.init(generation.value))
      return nil
    }
  }

  /// - Throws: An error of corruption if the file's structure is damaged. Reads the whole file.
  func checkStructure() throws(SQLiteError) {
    var findings: [String] = []
    try prepared("PRAGMA quick_check(1)").rows { row in findings.append(row.text(0)) }
    guard findings == ["ok"] else { throw .corrupt(findings.first ?? "it cannot be checked") }
  }

  /// What is replaced, dependents first.
  private static let contents = [
    "chunks", "objects", "span_classes", "streams", "tenants", "windows", "gaps", "dead_letters", "partitions",
  ]

  private func rebuildGeneration() throws(SQLiteError) -> Generation? {
    var generation: Generation?
    try prepared("SELECT marker FROM rebuild").rows { (row) throws(SQLiteError) in
      generation = Generation(try row.identifier(0))
    }
    return generation
  }

  private func rebuiltElsewhere() throws(SQLiteError) -> ChunkIndexError {
    if let found = try generation() { return .wrongGeneration(found: found) }
    return .wrongGeneration(found: try rebuildGeneration())
  }

  private func insert(_ snapshot: PartitionSnapshot) throws(SQLiteError) {
    guard let epoch = snapshot.epoch, let head = snapshot.head else { return }
    try prepared("INSERT INTO partitions (number, epoch, watermark, head, commits) VALUES (?, ?, ?, ?, ?)").run(
      .init(snapshot.partition), .init(epoch.value), .init(bits: snapshot.watermark), .init(head.value),
      .init(bits: snapshot.commits))
    try insert(snapshot.objects, in: snapshot.partition)
    for (key, window) in snapshot.windows { try store(window, key, in: snapshot.partition) }
    for gap in snapshot.gaps { try insert(gap, in: snapshot.partition) }
    for letters in snapshot.letters { try insert(letters.ids, of: letters.flush, in: snapshot.partition) }
  }
}
