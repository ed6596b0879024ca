package import Application
package import Domain

/// The chunk index in one SQLite file, for a single machine.
///
/// One connection writes, a few read; each has a thread. Readers see the newest committed state and never wait for the
/// writer, nor it for them (write-ahead log). A commit is durable on return (`synchronous=FULL`). The file is closed when
/// the last reference goes.
package final class SQLiteChunkIndex: ChunkIndex {
  private let writer: SQLiteLane
  private let readers: [SQLiteLane]
  private let clock: any WallClock

  private init(writer: SQLiteLane, readers: [SQLiteLane], clock: any WallClock) {
    self.writer = writer
    self.readers = readers
    self.clock = clock
  }

  /// Opens the index, and creates it, without a generation, if there is no file.
  ///
  /// - Parameter clock: The index's own.
  /// - Throws: `.corrupt` for what is no database; `.rejected` for one of another program or of a newer schema, and where
  ///   permission or the folder is missing; `.unavailable` if another process holds it for too long.
  package static func open(
    _ configuration: SQLiteChunkIndexConfiguration, clock: any WallClock
  ) async throws(ChunkIndexError) -> SQLiteChunkIndex {
    let path = configuration.path
    let writer = try await SQLiteLane.open(
      path: path, threadName: "index-write", busyTimeout: configuration.busyTimeout, isReader: false)
    // SQLite syncs what is in the files; that they are there at all is the folder's.
    let folder = configuration.folder
    try await writer.run { (_) throws(SQLiteError) in try FolderSync.sync(folder) }
    var readers: [SQLiteLane] = []
    for number in 0..<configuration.readers {
      readers.append(
        try await SQLiteLane.open(
          path: path, threadName: "index-read-\(number)", busyTimeout: configuration.busyTimeout, isReader: true))
    }
    return SQLiteChunkIndex(writer: writer, readers: readers, clock: clock)
  }

  package func generation() async throws(ChunkIndexError) -> Generation? {
    try await reader.run { (connection) throws(SQLiteError) in try connection.generation() }
  }

  package func initialise(_ generation: Generation) async throws(ChunkIndexError) {
    let found = try await writer.run { (connection) throws(SQLiteError) in try connection.initialise(generation) }
    if let found { throw .alreadyInitialised(found) }
  }

  package func time() throws(ChunkIndexError) -> Timestamp { clock.now() }

  package func commit(_ commit: FlushCommit) async throws(ChunkIndexError) {
    let refusal = try await writer.run { [clock] (connection) throws(SQLiteError) in
      try connection.commit(commit, now: clock.now())
    }
    if let refusal { throw refusal }
  }

  package func commit(_ gap: GapCommit) async throws(ChunkIndexError) {
    let refusal = try await writer.run { (connection) throws(SQLiteError) in try connection.commit(gap) }
    if let refusal { throw refusal }
  }

  package func state(of partition: PartitionID) async throws(ChunkIndexError) -> PartitionState {
    try await reader.run { (connection) throws(SQLiteError) in try connection.state(of: partition) }
  }

  package func chunks(
    in partition: PartitionID, tenant: TenantID, service: ServiceName?, overlapping range: TimeRange
  ) async throws(ChunkIndexError) -> IndexedChunks {
    try await reader.run { (connection) throws(SQLiteError) in
      try connection.chunks(in: partition, tenant: tenant, service: service, overlapping: range)
    }
  }

  package func services(of tenant: TenantID) async throws(ChunkIndexError) -> [ServiceName] {
    try await reader.run { (connection) throws(SQLiteError) in try connection.services(of: tenant) }
  }

  package func committedDeadLetters(
    among ids: [DeadLetterID]
  ) async throws(ChunkIndexError) -> Set<DeadLetterID> {
    try await reader.run { (connection) throws(SQLiteError) in try connection.committedDeadLetters(among: ids) }
  }

  package func objects(in partition: PartitionID) async throws(ChunkIndexError) -> [ObjectDescriptor] {
    try await reader.run { (connection) throws(SQLiteError) in try connection.objects(in: partition) }
  }

  /// The one with the fewest calls.
  private var reader: SQLiteLane {
    readers.min { $0.load < $1.load } ?? writer
  }
}
