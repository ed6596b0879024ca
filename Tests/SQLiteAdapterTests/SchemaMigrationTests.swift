import Application
import Domain
import InMemoryAdapter
import Testing

@testable import SQLiteAdapter

@Suite("An index of an older version", .timeLimit(.minutes(1))) struct SchemaMigrationTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("is brought up to this one's with all that is in it, and takes gaps then")
  func upgrades() async throws {
    try makeVersion1()
    let index = try await open()
    #expect(try version() == Schema.version)
    let state = try await index.state(of: PartitionID(0))
    #expect(try await index.generation() == Flushes.generation)
    #expect(state.epoch == Flushes.epoch && state.watermark == 10 && state.head == Flushes.id(0) && state.gaps.isEmpty)
    try await index.commit(try Flushes.commit(1))
    let gap = Gap(epoch: Flushes.epoch, from: 20, end: 30, times: .epoch ... .epoch)
    try await index.commit(
      GapCommit(
        partition: PartitionID(0), generation: Flushes.generation, flush: Flushes.id(9), parent: Flushes.id(1),
        losing: gap))
    #expect(try await open().state(of: PartitionID(0)).gaps == [gap])
  }

  @Test("stays as it is if the upgrade fails half way")
  func isAllOrNothing() async throws {
    try makeVersion1()
    // In the way of the upgrade's last step.
    try connection().execute("CREATE TABLE other (x); CREATE INDEX gaps_by_partition ON other (x)")
    await #expect(throws: ChunkIndexError.self) { _ = try await open() }
    #expect(try version() == 1)
    #expect(try connection().prepared("SELECT count(*) FROM sqlite_schema WHERE name = 'gaps'").integer() == 0)
    try connection().execute("DROP TABLE other")
    #expect(try await open().state(of: PartitionID(0)).watermark == 10)
  }

  @Test("has the tables that a new one has")
  func isTheSame() async throws {
    try makeVersion1()
    _ = try await open()
    let upgraded = try tables()
    let fresh = try TemporaryFolder()
    _ = try await SQLiteChunkIndex.open(
      .init(path: fresh.index), clock: StoppedClock(), telemetry: RecordingTelemetry())
    #expect(try tables(of: fresh) == upgraded)
  }

  /// A file of version 1 with one committed flush.
  private func makeVersion1() throws {
    let connection = try connection()
    try connection.execute(SchemaVersion1.creation)
    try connection.execute("PRAGMA application_id = \(Schema.applicationID); PRAGMA user_version = 1")
    try connection.prepared("INSERT INTO generation (id, marker) VALUES (1, ?)").run(.init(Flushes.generation.value))
    try connection.prepared("INSERT INTO partitions (number, epoch, watermark, head) VALUES (0, ?, 10, ?)").run(
      .init(Flushes.epoch.value), .init(Flushes.id(0).value))
  }

  private func open() async throws -> SQLiteChunkIndex {
    try await SQLiteChunkIndex.open(.init(path: folder.index), clock: StoppedClock(), telemetry: RecordingTelemetry())
  }

  private func connection(of folder: TemporaryFolder? = nil) throws -> SQLiteConnection {
    try SQLiteConnection(path: (folder ?? self.folder).index, busyTimeoutMilliseconds: 1_000)
  }

  private func version() throws -> Int64? { try connection().prepared("PRAGMA user_version").integer() }

  /// Names and columns; the order in which they were made does not matter.
  private func tables(of folder: TemporaryFolder? = nil) throws -> Set<String> {
    var tables: Set<String> = []
    try connection(of: folder).prepared("SELECT coalesce(sql, name) FROM sqlite_schema").rows { row in
      tables.insert(row.text(0).split(separator: " ").joined(separator: " "))
    }
    return tables
  }
}
