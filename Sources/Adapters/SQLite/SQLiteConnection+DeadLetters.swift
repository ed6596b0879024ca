import Domain

extension SQLiteConnection {
  /// Which of these letters committed flushes have named, in one read of the index.
  func committedDeadLetters(among ids: [DeadLetterID]) throws(SQLiteError) -> Set<DeadLetterID> {
    try transaction(.deferred) { () throws(SQLiteError) in
      var found: Set<DeadLetterID> = []
      for id in ids where try isCommitted(id) { found.insert(id) }
      return found
    }
  }

  private func isCommitted(_ id: DeadLetterID) throws(SQLiteError) -> Bool {
    switch id {
    case .batch(let key, let sequence, let digest, let index):
      try prepared(Self.batchLookUp).integer(
        .init(key.producer.value), .init(bits: sequence), .text(key.stream.tenant.text),
        .text(key.stream.service.text), .init(Int(digest)), index.map { .init(Int($0)) } ?? .null) != nil
    case .bytes(let checksum, let count):
      try prepared(Self.bytesLookUp).integer(.init(Int(checksum)), .init(count)) != nil
    }
  }

  private static let batchLookUp = """
    SELECT 1 FROM dead_letters INDEXED BY dead_letters_by_batch
    WHERE producer = ?1 AND producer IS NOT NULL AND sequence = ?2 AND tenant = ?3 AND service = ?4 AND checksum = ?5
      AND event_index IS ?6
    LIMIT 1
    """

  private static let bytesLookUp = """
    SELECT 1 FROM dead_letters INDEXED BY dead_letters_by_bytes
    WHERE producer IS NULL AND checksum = ?1 AND byte_count = ?2 LIMIT 1
    """
}
