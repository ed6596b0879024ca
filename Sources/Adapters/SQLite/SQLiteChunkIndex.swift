package import Application
package import Domain
import Threads

/// The chunk index in one SQLite file, for a single machine.
///
/// One connection writes, a few read; each has a thread. Readers see the newest committed state and never wait for the
/// writer, nor it for them (write-ahead log). A commit is durable on return (`synchronous=FULL`).
///
/// A file that is removed or replaced while it is open is noticed with each call: then nothing is written, and look-ups
/// answer from what was open, without a generation. A rebuild makes a new file.
package final class SQLiteChunkIndex: ChunkIndex {
  /// What is done with a file that cannot be read.
  package enum DamagePolicy: Sendable {
    case refuse
    /// It gets another name, with `aside` in it, and a new one is made: for who is about to rebuild.
    case moveAside
  }

  let configuration: SQLiteChunkIndexConfiguration
  let clock: any WallClock
  let telemetry: any Telemetry
  /// Nil while the file is made anew, and once it is closed.
  let lanes: Lock<SQLiteLanes?>

  private init(
    _ lanes: SQLiteLanes, _ configuration: SQLiteChunkIndexConfiguration, clock: any WallClock, telemetry: any Telemetry
  ) {
    self.lanes = Lock(lanes)
    self.configuration = configuration
    self.clock = clock
    self.telemetry = telemetry
  }

  /// Opens the index, and creates it, without a generation, if there is no file.
  ///
  /// - Parameters:
  ///   - clock: The index's own.
  ///   - telemetry: Is told of syncs that fail.
  /// - Throws: `.corrupt` for what is no database, unless it is moved aside; `.rejected` for one of another program or of a
  ///   newer schema, and where permission or the folder is missing; `.unavailable` if another process holds it for too
  ///   long.
  package static func open(
    _ configuration: SQLiteChunkIndexConfiguration, clock: any WallClock, telemetry: any Telemetry,
    damaged: DamagePolicy = .refuse
  ) async throws(ChunkIndexError) -> SQLiteChunkIndex {
    let lanes: SQLiteLanes
    do throws(ChunkIndexError) { lanes = try await SQLiteLanes.open(configuration, telemetry) } catch {
      guard case (.corrupt, .moveAside) = (error, damaged) else { throw error }
      try moveAside(configuration, at: clock.now())
      lanes = try await SQLiteLanes.open(configuration, telemetry)
    }
    return SQLiteChunkIndex(lanes, configuration, clock: clock, telemetry: telemetry)
  }

  /// Closes the file, once the calls before have ended; later ones throw. Needs no call of an index that is used to the
  /// process's end, but only then does no log stay beside the file.
  package func close() async {
    let open = lanes.withLock { lanes in
      defer { lanes = nil }
      return lanes
    }
    await open?.close()
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
    try await reader.runAnyway { (connection, isInPlace) throws(SQLiteError) in
      let found = try connection.chunks(in: partition, tenant: tenant, service: service, overlapping: range)
      return isInPlace ? found : found.withoutGeneration
    }
  }

  package func services(of tenant: TenantID) async throws(ChunkIndexError) -> [ServiceName] {
    try await reader.runAnyway { (connection, _) throws(SQLiteError) in try connection.services(of: tenant) }
  }

  package func committedDeadLetters(
    among ids: [DeadLetterID]
  ) async throws(ChunkIndexError) -> Set<DeadLetterID> {
    try await reader.run { (connection) throws(SQLiteError) in try connection.committedDeadLetters(among: ids) }
  }

  package func objects(in partition: PartitionID) async throws(ChunkIndexError) -> [ObjectDescriptor] {
    try await reader.run { (connection) throws(SQLiteError) in try connection.objects(in: partition) }
  }

  var reader: SQLiteLane { get throws(ChunkIndexError) { try opened.reader } }

  var writer: SQLiteLane { get throws(ChunkIndexError) { try opened.writer } }

  private var opened: SQLiteLanes {
    get throws(ChunkIndexError) {
      if let lanes = lanes.withLock({ $0 }) { return lanes }
      throw .unavailable(
        retryAfter: .milliseconds(500), reason: "index '\(configuration.path)' is closed, or is made anew just now")
    }
  }
}

extension IndexedChunks {
  fileprivate var withoutGeneration: IndexedChunks {
    IndexedChunks(generation: nil, epoch: epoch, watermark: watermark, gaps: gaps, chunks: chunks)
  }
}
