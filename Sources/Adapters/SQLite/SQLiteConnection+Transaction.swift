/// What a transaction does at its start.
enum TransactionKind: String {
  /// Takes the snapshot with the first read; for reading.
  case deferred = "BEGIN DEFERRED"
  /// Takes the write lock at once, so that it never fails for a lock in the middle.
  case immediate = "BEGIN IMMEDIATE"
}

extension SQLiteConnection {
  /// Runs `body` in one transaction, and rolls back what it did if it throws.
  func transaction<Result>(
    _ kind: TransactionKind, _ body: () throws(SQLiteError) -> Result
  ) throws(SQLiteError) -> Result {
    try prepared(kind.rawValue).run()
    do throws(SQLiteError) {
      let result = try body()
      try prepared("COMMIT").run()
      return result
    } catch {
      // SQLite has rolled back by itself after some errors. If it cannot be done now, the next BEGIN says so.
      if isInTransaction { try? prepared("ROLLBACK").run() }
      throw error
    }
  }
}
