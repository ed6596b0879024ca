package import Application
package import Domain

/// How an index file is, without changing it: for whoever has to say what a server would meet there.
///
/// The caller holds the data folder, so that nobody writes meanwhile. Of what a crash left in the write-ahead log SQLite may
/// make its lookup file (`-shm`) anew.
package struct SQLiteIndexSurvey: Sendable {
  package enum Structure: Equatable, Sendable {
    case sound
    case damaged(reason: String)
    /// The file has more bytes than are checked.
    case notChecked(bytes: Int)
  }

  /// Where a partition stands.
  package struct Head: Equatable, Sendable {
    package let epoch: LogEpoch
    package let watermark: UInt64
  }

  /// Files above it are not checked: some 0.5 GB a second are, from a fast disk.
  package static let checkedBytes = 512 << 20

  /// Of the tables, and the one that this build writes; an older one is brought up to date at the next start.
  package private(set) var schema: (found: Int64, current: Int64) = (0, Schema.version)
  package private(set) var structure = Structure.sound
  /// Nil if there is none: nothing is flushed then.
  package private(set) var generation: Generation?
  /// A rebuild was begun and did not come to its end.
  package private(set) var isBeingRebuilt = false
  package private(set) var heads: [PartitionID: Head] = [:]
  package private(set) var objectCount = 0
  /// Keys and sizes of those committed last.
  package private(set) var newestObjects: [ObjectKey: Int] = [:]

  /// Blocks for as long as it takes to read the file once, if it has not more than `checkedBytes`.
  ///
  /// - Parameter newest: How many objects to name.
  /// - Returns: Nil if there is no file, or one that nothing was ever written to.
  /// - Throws: `.corrupt` for what is no database or cannot be read; `.rejected` for one of another program, of a newer
  ///   schema, or that must not be read; `.unavailable` if the disk fails.
  package init?(_ path: String, newest: Int) throws(ChunkIndexError) {
    guard IndexFile(at: path) != nil else { return nil }
    do throws(SQLiteError) {
      let connection = try SQLiteConnection(reading: path, isUnlogged: IndexFile(at: path + "-wal") == nil)
      guard try connection.isIndex() else { return nil }
      try read(connection, newest)
    } catch { throw error.portError(path: path) }
  }

  private mutating func read(_ connection: SQLiteConnection, _ newest: Int) throws(SQLiteError) {
    schema.found = try connection.pragma("user_version")
    try check(connection)
    if case .damaged = structure { return }
    generation = try connection.generation()
    if schema.found == schema.current {
      isBeingRebuilt = try connection.prepared("SELECT count(*) FROM rebuild").integer() != 0
    }
    try connection.prepared("SELECT number, epoch, watermark FROM partitions").rows { (row) throws(SQLiteError) in
      guard let number = Int(exactly: row.integer(0)), number >= 0 else { throw .corrupt("a partition has no number") }
      heads[PartitionID(number)] = Head(epoch: LogEpoch(try row.identifier(1)), watermark: row.uint64(bits: 2))
    }
    objectCount = Int(try connection.prepared("SELECT count(*) FROM objects").integer() ?? 0)
    try connection.prepared("SELECT key, size FROM objects ORDER BY id DESC LIMIT ?").rows(.init(newest)) {
      (row) throws(SQLiteError) in newestObjects[try row.objectKey(0)] = row.int(1)
    }
  }

  /// SQLite 3.40 cannot be interrupted in it, so what bounds it is the size.
  private mutating func check(_ connection: SQLiteConnection) throws(SQLiteError) {
    let bytes = Int(try connection.pragma("page_count") * connection.pragma("page_size"))
    guard bytes <= Self.checkedBytes else {
      structure = .notChecked(bytes: bytes)
      return
    }
    do throws(SQLiteError) { try connection.checkStructure() } catch {
      guard error.isDamage else { throw error }
      structure = .damaged(reason: error.reason)
    }
  }
}
