package import Application
package import Domain
package import Threads

/// The agent's journal in one append-only file, written anew when most of it is acknowledged. `README.md` has the layout.
///
/// Contents of batches stay in the file; memory holds their names only.
package actor DiskAgentJournal: AgentJournal {
  package nonisolated let producer: ProducerID
  private let configuration: DiskAgentJournalConfiguration
  private let pool: ThreadPool
  private let clock: any WallClock
  private var file: JournalFile
  private var lock: FolderLock?
  private var lastSync: Duration

  /// Opens the journal, or makes one with a fresh producer id.
  ///
  /// - Parameters:
  ///   - pool: Runs every call that blocks.
  ///   - clock: Bounds how long acknowledgements are not durable.
  /// - Throws: `.inUse` if another process has the folder; `.rejected` if the file is of a newer version; `.corrupt` if what
  ///   was durable has changed.
  package static func open(
    _ configuration: DiskAgentJournalConfiguration, pool: ThreadPool, clock: any WallClock, identifiers: any Identifiers
  ) async throws(AgentJournalError) -> DiskAgentJournal {
    try await open(configuration, LocalFileSystem(), pool: pool, clock: clock, identifiers: identifiers)
  }

  static func open(
    _ configuration: DiskAgentJournalConfiguration, _ files: any FileSystem, pool: ThreadPool, clock: any WallClock,
    identifiers: any Identifiers
  ) async throws(AgentJournalError) -> DiskAgentJournal {
    try await pool.run { () throws(AgentJournalError) in
      try DiskAgentJournal(configuration, files, pool, clock, ProducerID(identifiers.next()))
    }
  }

  private init(
    _ configuration: DiskAgentJournalConfiguration, _ files: any FileSystem, _ pool: ThreadPool, _ clock: any WallClock,
    _ freshProducer: ProducerID
  ) throws(AgentJournalError) {
    self.configuration = configuration
    self.pool = pool
    self.clock = clock
    let lock: FolderLock?
    do throws(FileError) {
      try files.makeFolders(configuration.folder)
      lock = try FolderLock(configuration.folder, files)
    } catch {
      throw AgentJournalError(error)
    }
    guard let lock else { throw .inUse(path: configuration.folder) }
    self.lock = lock
    file = try JournalFile(configuration, files, freshProducer: freshProducer)
    producer = file.producer
    lastSync = clock.elapsed()
  }

  package nonisolated func placement() async throws(AgentJournalError) -> UInt32? {
    try await run { journal throws(AgentJournalError) in journal.file.state.placement }
  }

  package nonisolated func fixPlacement(_ version: UInt32) async throws(AgentJournalError) {
    try await run { journal throws(AgentJournalError) in try journal.file.fixPlacement(version) }
  }

  package nonisolated func nextSequences() async throws(AgentJournalError) -> [StreamID: UInt64] {
    try await run { journal throws(AgentJournalError) in journal.file.state.nextSequences }
  }

  package nonisolated func checkpoint(of source: SourceID) async throws(AgentJournalError) -> SourceCheckpoint? {
    try await run { journal throws(AgentJournalError) in journal.file.state.checkpoints[source] }
  }

  package nonisolated func pending() async throws(AgentJournalError) -> [JournalEntry] {
    try await run { journal throws(AgentJournalError) in try journal.file.pending() }
  }

  package nonisolated func append(_ entry: JournalEntry) async throws(AgentJournalError) {
    try await run { journal throws(AgentJournalError) in
      try journal.file.append(entry)
      journal.lastSync = journal.clock.elapsed()
    }
  }

  package nonisolated func acknowledge(_ stream: StreamID, sequence: UInt64) async throws(AgentJournalError) {
    try await run { journal throws(AgentJournalError) in
      let hasNews = journal.file.acknowledge(BatchName(stream: stream, sequence: sequence))
      if hasNews, journal.clock.elapsed() - journal.lastSync >= journal.configuration.acknowledgementLag {
        journal.file.sync()
        journal.lastSync = journal.clock.elapsed()
      }
    }
  }

  /// Makes all acknowledgements durable and frees the folder for another process; later calls are refused.
  package nonisolated func close() async {
    await withTaskExecutorPreference(pool) { await self.end() }
  }

  private func end() {
    if lock != nil { file.sync() }
    lock = nil
  }

  /// Runs something that blocks, on the pool: an actor's jobs run where their task prefers.
  private nonisolated func run<Value: Sendable>(
    _ body: @Sendable (isolated DiskAgentJournal) throws(AgentJournalError) -> Value
  ) async throws(AgentJournalError) -> Value {
    let outcome = await withTaskExecutorPreference(pool) { await self.outcome(body) }
    return try outcome.get()
  }

  private func outcome<Value: Sendable>(
    _ body: @Sendable (isolated DiskAgentJournal) throws(AgentJournalError) -> Value
  ) -> Result<Value, AgentJournalError> {
    if lock == nil { return .failure(.unavailable(reason: "the journal is closed")) }
    do throws(AgentJournalError) { return .success(try body(self)) } catch { return .failure(error) }
  }
}
