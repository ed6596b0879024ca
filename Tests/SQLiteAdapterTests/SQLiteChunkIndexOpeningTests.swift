import Application
import Domain
import Foundation
import InMemoryAdapter
import Testing

@testable import SQLiteAdapter

@Suite("Opening an index in SQLite", .timeLimit(.minutes(1))) struct SQLiteChunkIndexOpeningTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("creates the file, empty and without a generation")
  func createsFile() async throws {
    let index = try await open()
    #expect(FileManager.default.fileExists(atPath: folder.index))
    #expect(try await index.generation() == nil)
  }

  @Test("takes an empty file as a new index")
  func takesEmptyFile() async throws {
    try Data().write(to: URL(fileURLWithPath: folder.index))
    let index = try await open()
    try await index.initialise(Flushes.generation)
    #expect(try await index.generation() == Flushes.generation)
  }

  @Test("refuses what is not a database, naming it", arguments: [4_096, 100_000])
  func refusesGarbage(_ bytes: Int) async throws {
    let garbage = Data((0..<bytes).map { UInt8(truncatingIfNeeded: $0 &* 31) })
    try garbage.write(to: URL(fileURLWithPath: folder.index))
    guard case .corrupt(let reason)? = await failure() else {
      Issue.record("garbage was opened")
      return
    }
    #expect(reason.contains(folder.index))
    // It is left as it was: someone may still want it.
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.index)) == garbage)
  }

  @Test("refuses a newer schema by its number")
  func refusesNewerSchema() async throws {
    try run("PRAGMA application_id = \(Schema.applicationID); PRAGMA user_version = 7")
    guard case .rejected(let reason)? = await failure() else {
      Issue.record("a newer schema was opened")
      return
    }
    #expect(reason.contains("schema 7") && reason.contains(folder.index))
  }

  @Test("refuses a database of another program and leaves it alone")
  func refusesAnotherProgram() async throws {
    try run("CREATE TABLE theirs (x)")
    let before = try Data(contentsOf: URL(fileURLWithPath: folder.index))
    guard case .rejected? = await failure() else {
      Issue.record("another program's database was opened")
      return
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.index)) == before)
  }

  @Test("refuses a path whose folder is missing")
  func refusesMissingFolder() async throws {
    let path = folder.path + "/missing/index.sqlite"
    guard case .rejected(let reason)? = await failure(at: path) else {
      Issue.record("an index was opened in a missing folder")
      return
    }
    #expect(reason.contains(path))
  }

  @Test("twice at once gives two that see each other's commits")
  func opensTwice() async throws {
    let first = try await open()
    let second = try await open()
    try await first.initialise(Flushes.generation)
    try await second.commit(Flushes.commit(0))
    #expect(try await first.state(of: PartitionID(0)).watermark == 10)
  }

  @Test("uses a write-ahead log and full synchronisation")
  func isDurable() async throws {
    _ = try await open()
    let connection = try SQLiteConnection(path: folder.index, busyTimeoutMilliseconds: 1_000)
    try connection.openIndex(isReader: false)
    var mode = ""
    try connection.prepared("PRAGMA journal_mode").rows { mode = $0.text(0) }
    #expect(mode == "wal")
    #expect(try connection.prepared("PRAGMA synchronous").integer() == 2)
    #expect(try connection.prepared("PRAGMA foreign_keys").integer() == 1)
  }

  private func open() async throws -> SQLiteChunkIndex {
    try await SQLiteChunkIndex.open(.init(path: folder.index), clock: StoppedClock(), telemetry: RecordingTelemetry())
  }

  private func failure(at path: String? = nil) async -> ChunkIndexError? {
    do throws(ChunkIndexError) {
      _ = try await SQLiteChunkIndex.open(
        .init(path: path ?? folder.index), clock: StoppedClock(), telemetry: RecordingTelemetry())
    } catch { return error }
    return nil
  }

  private func run(_ script: String) throws {
    try SQLiteConnection(path: folder.index, busyTimeoutMilliseconds: 1_000).execute(script)
  }
}
