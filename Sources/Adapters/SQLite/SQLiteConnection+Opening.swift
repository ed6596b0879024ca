import Csqlite3

extension SQLiteConnection {
  /// Takes a new file, or one that this build reads, as the index: creates the tables or brings them up to this
  /// version, sets what lasts for the file and what lasts for the connection.
  ///
  /// - Parameter isReader: The connection will not write.
  func openIndex(isReader: Bool) throws(SQLiteError) {
    try checkFile()
    // `temp_store`: a look-up writes nothing to disk. The rest is what durability asks for (https://www.sqlite.org/pragma.html).
    try execute("PRAGMA foreign_keys = OFF; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY")
    try execute("PRAGMA journal_size_limit = \(Self.journalSizeLimitBytes)")
    var mode = ""
    try prepared("PRAGMA journal_mode = WAL").rows { row in mode = row.text(0) }
    guard mode == "wal" else {
      throw .refused("the file system allows no write-ahead log (SQLite chose '\(mode)'): use a local one")
    }
    try transaction(.immediate) { () throws(SQLiteError) in
      try checkFile()
      try bringUpToDate()
      try execute(Schema.lookUps)
    }
    try execute("PRAGMA foreign_keys = ON")
    if isReader { try execute("PRAGMA query_only = ON") }
  }

  /// The log is cut to this once a checkpoint has emptied it: a burst does not keep its disk space.
  private static let journalSizeLimitBytes = 16 << 20

  private func checkFile() throws(SQLiteError) { _ = try isIndex() }

  /// False for a new file.
  ///
  /// - Throws: If it is another program's, or of a newer schema.
  func isIndex() throws(SQLiteError) -> Bool {
    let application = try pragma("application_id")
    let version = try pragma("user_version")
    if application == 0, version == 0, try isEmpty() { return false }
    guard application == Schema.applicationID else {
      throw .refused("the file is a database of another program: name another file")
    }
    guard (1...Schema.version).contains(version) else {
      throw .refused("the index has schema \(version), this build reads 1-\(Schema.version): upgrade it")
    }
    return true
  }

  private func isEmpty() throws(SQLiteError) -> Bool {
    try prepared("SELECT count(*) FROM sqlite_schema").integer() == 0
  }

  /// Creates the tables, or takes those of an older schema to this one.
  private func bringUpToDate() throws(SQLiteError) {
    let found = try pragma("user_version")
    if found == Schema.version { return }
    for step in Schema.steps.dropFirst(Int(found)) { try execute(step) }
    try execute("PRAGMA application_id = \(Schema.applicationID); PRAGMA user_version = \(Schema.version)")
  }

  func pragma(_ name: String) throws(SQLiteError) -> Int64 {
    try prepared("PRAGMA \(name)").integer() ?? 0
  }
}
