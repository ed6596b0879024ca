package import Application
package import Domain
package import Threads

/// The agent's journal in one append-only file, written anew when most of it is acknowledged. `README.md` has the layout.
///
/// Contents of batches stay in the file; memory holds their names only.
package final class DiskAgentJournal: AgentJournal {
  package let producer: ProducerID
  private let configuration: DiskAgentJournalConfiguration
  private let clock: any WallClock
  private let contents: BlockingState<Contents>

  private struct Contents {
    var file: JournalFile
    /// Nil once closed.
    var lock: FolderLock?
    var lastSync: Duration
  }

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
    self.clock = clock
    let lock: FolderLock?
    do throws(FileError) {
      try files.makeFolders(configuration.folder)
      lock = try FolderLock(configuration.folder, files)
    } catch {
      throw AgentJournalError(error)
    }
    guard let lock else { throw .inUse(path: configuration.folder) }
    let file = try JournalFile(configuration, files, freshProducer: freshProducer)
    producer = file.producer
    contents = BlockingState(Contents(file: file, lock: lock, lastSync: clock.elapsed()), on: pool)
  }

  package func placement() async throws(AgentJournalError) -> UInt32? {
    try await run { journal throws(AgentJournalError) in journal.file.state.placement }
  }

  package func fixPlacement(_ version: UInt32) async throws(AgentJournalError) {
    try await run { journal throws(AgentJournalError) in try journal.file.fixPlacement(version) }
  }

  package func nextSequences() async throws(AgentJournalError) -> [StreamID: UInt64] {
    try await run { journal throws(AgentJournalError) in journal.file.state.nextSequences }
  }

  package func checkpoint(of source: SourceID) async throws(AgentJournalError) -> SourceCheckpoint? {
    try await run { journal throws(AgentJournalError) in journal.file.state.checkpoints[source] }
  }

  package func pending() async throws(AgentJournalError) -> [JournalEntry] {
    try await run { journal throws(AgentJournalError) in try journal.file.pending() }
  }

  package func sources() async throws(AgentJournalError) -> [JournaledSource] {
    try await run { journal throws(AgentJournalError) in journal.file.state.sources }
  }

  package func append(_ entries: [JournalEntry]) async throws(AgentJournalError) {
    try await run { journal throws(AgentJournalError) in
      try journal.file.append(entries)
      journal.lastSync = self.clock.elapsed()
    }
  }

  package func acknowledge(_ stream: StreamID, sequence: UInt64) async throws(AgentJournalError) {
    try await run { journal throws(AgentJournalError) in
      let hasNews = journal.file.acknowledge(BatchName(stream: stream, sequence: sequence))
      if hasNews, self.clock.elapsed() - journal.lastSync >= self.configuration.acknowledgementLag {
        journal.file.sync()
        journal.lastSync = self.clock.elapsed()
      }
    }
  }

  package func forget(_ sources: Set<SourceID>) async throws(AgentJournalError) {
    try await run { journal throws(AgentJournalError) in journal.file.forget(sources) }
  }

  /// Makes all acknowledgements durable and frees the folder for another process; later calls are refused.
  package func close() async {
    await contents.run { journal in
      if journal.lock != nil { journal.file.sync() }
      journal.lock = nil
    }
  }

  private func run<Value: Sendable>(
    _ body: @Sendable (inout Contents) throws(AgentJournalError) -> Value
  ) async throws(AgentJournalError) -> Value {
    try await contents.run { journal throws(AgentJournalError) in
      if journal.lock == nil { throw .unavailable(reason: "the journal is closed") }
      return try body(&journal)
    }
  }
}
