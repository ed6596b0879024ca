import Application
import Domain
import Foundation
import InMemoryAdapter
import Testing

@testable import SQLiteAdapter

@Suite("An index in SQLite, when things go wrong", .timeLimit(.minutes(1))) struct SQLiteChunkIndexFaultTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("has every acknowledged commit after a crash")
  func survivesCrash() async throws {
    let index = try await open()
    try await index.initialise(Flushes.generation)
    for number in 0..<20 { try await index.commit(Flushes.commit(number, chunks: [Flushes.chunk("api", 1...2)])) }
    // The files as a killed process leaves them: the log was never folded into the database.
    let copy = try TemporaryFolder()
    for suffix in ["", "-wal"] {
      try FileManager.default.copyItem(atPath: folder.index + suffix, toPath: copy.index + suffix)
    }
    let again = try await SQLiteChunkIndex.open(
      .init(path: copy.index), clock: StoppedClock(), telemetry: RecordingTelemetry())
    let state = try await again.state(of: PartitionID(0))
    #expect(state.watermark == 200)
    #expect(state.head == Flushes.id(19))
    #expect(try await again.objects(in: PartitionID(0)).count == 20)
  }

  @Test("loses only the commit whose log was torn")
  func survivesTornLog() async throws {
    let index = try await open()
    try await index.initialise(Flushes.generation)
    for number in 0..<5 { try await index.commit(Flushes.commit(number)) }
    let copy = try TemporaryFolder()
    try FileManager.default.copyItem(atPath: folder.index, toPath: copy.index)
    let log = try Data(contentsOf: URL(fileURLWithPath: folder.index + "-wal"))
    try log.dropLast(100).write(to: URL(fileURLWithPath: copy.index + "-wal"))
    let again = try await SQLiteChunkIndex.open(
      .init(path: copy.index), clock: StoppedClock(), telemetry: RecordingTelemetry())
    let state = try await again.state(of: PartitionID(0))
    #expect(state.watermark == 40)
    #expect(try await again.objects(in: PartitionID(0)).map(\.flush) == (0..<4).map(Flushes.id))
  }

  @Test("says so when the disk is full, changes nothing, and goes on when there is space")
  func reportsFullDisk() throws {
    let connection = try SQLiteConnection(path: folder.index, busyTimeoutMilliseconds: 100)
    try connection.openIndex(isReader: false)
    #expect(try connection.initialise(Flushes.generation) == nil)
    #expect(try connection.commit(try Flushes.commit(0), now: .epoch) == nil)
    let before = try connection.state(of: PartitionID(0))
    let pages = try #require(try connection.prepared("PRAGMA page_count").integer())
    try connection.execute("PRAGMA max_page_count = \(pages + 2)")
    let large = try Flushes.commit(1, chunks: (0..<1_000).map { try Flushes.chunk("service-\($0)", 1...2) })
    do throws(SQLiteError) {
      _ = try connection.commit(large, now: .epoch)
      Issue.record("a commit was taken for which there is no space")
    } catch {
      guard case .unavailable = error.portError(path: folder.index) else {
        Issue.record("a full disk is reported as \(error.portError(path: folder.index))")
        return
      }
    }
    #expect(try connection.state(of: PartitionID(0)) == before)
    try connection.execute("PRAGMA max_page_count = 1000000")
    #expect(try connection.commit(large, now: .epoch) == nil)
  }

  @Test("names the file when what is stored is damaged")
  func reportsDamage() async throws {
    do {
      let index = try await open()
      try await index.initialise(Flushes.generation)
      let chunks = try (0..<2_000).map { try Flushes.chunk("service-\($0)", 1...2) }
      try await index.commit(Flushes.commit(0, chunks: chunks))
    }
    // Opening once more waits for the last connection and folds the log into the database.
    try SQLiteConnection(path: folder.index, busyTimeoutMilliseconds: 5_000).execute("PRAGMA wal_checkpoint(TRUNCATE)")
    let file = try #require(FileHandle(forUpdatingAtPath: folder.index))
    let size = try file.seekToEnd()
    for offset in stride(from: UInt64(4_096 * 60), to: size, by: 4_096) {
      try file.seek(toOffset: offset)
      file.write(Data(repeating: 0xEE, count: 4_096))
    }
    try file.close()
    let index = try await open()
    do throws(ChunkIndexError) {
      _ = try await index.objects(in: PartitionID(0))
      Issue.record("a damaged file was read")
    } catch {
      guard case .corrupt(let reason) = error else {
        Issue.record("damage is reported as \(error)")
        return
      }
      #expect(reason.contains(folder.index))
    }
  }

  @Test("answers readers while another writes, and a second writer after its patience")
  func readersDoNotWait() async throws {
    let index = try await open()
    try await index.initialise(Flushes.generation)
    try await index.commit(Flushes.commit(0, chunks: [Flushes.chunk("api", 1...2)]))
    let other = try SQLiteConnection(path: folder.index, busyTimeoutMilliseconds: 100)
    try other.execute("BEGIN IMMEDIATE; UPDATE partitions SET watermark = 99")
    let found = try await index.chunks(
      in: PartitionID(0), tenant: .default, service: nil, overlapping: .all)
    #expect(found.watermark == 10)
    do throws(ChunkIndexError) {
      try await index.commit(try! Flushes.commit(1))  // Its names are valid: the same as above.
      Issue.record("two wrote at once")
    } catch {
      guard case .unavailable(retryAfter: .some, _) = error else {
        Issue.record("a locked index is reported as \(error)")
        return
      }
    }
    try other.execute("ROLLBACK")
    try await index.commit(Flushes.commit(1))
  }

  @Test("refuses an object key that was used before")
  func refusesUsedKey() async throws {
    let index = try await open()
    try await index.initialise(Flushes.generation)
    let first = try Flushes.commit(0)
    try await index.commit(first)
    let second = try Flushes.commit(1)
    let repeated = FlushCommit(
      partition: second.partition, generation: second.generation, flush: second.flush, parent: second.parent,
      epoch: second.epoch, range: second.range, objects: first.objects, windows: [], deadLetters: [],
      begun: .epoch, newestAppend: .epoch)
    do throws(ChunkIndexError) {
      try await index.commit(repeated)
      Issue.record("a key was used twice")
    } catch {
      guard case .rejected = error else {
        Issue.record("a key that was used before is reported as \(error)")
        return
      }
    }
    #expect(try await index.state(of: PartitionID(0)).head == first.flush)
  }

  @Test("keeps the dead letters of a flush with it")
  func keepsDeadLetters() async throws {
    let index = try await open()
    try await index.initialise(Flushes.generation)
    let key = WindowKey(
      producer: ProducerID(Identifier128(high: 5, low: 6)),
      stream: StreamID(tenant: .default, service: try ServiceName("api")))
    let letters: [DeadLetterID] = [
      .batch(key, sequence: .max, digest: .max, index: nil), .batch(key, sequence: 2, digest: 3, index: 4),
      .bytes(checksum: 8, count: 9),
    ]
    try await index.commit(Flushes.commit(0, deadLetters: letters))
    let connection = try SQLiteConnection(path: folder.index, busyTimeoutMilliseconds: 1_000)
    var rows: [[Int64?]] = []
    try connection.prepared(
      "SELECT sequence, checksum, event_index, byte_count FROM dead_letters WHERE flush = ? ORDER BY id"
    ).rows(.init(Flushes.id(0).value)) { row in
      rows.append((0..<4).map { row.isNull($0) ? nil : row.integer($0) })
    }
    #expect(rows == [[-1, Int64(UInt32.max), nil, nil], [2, 3, 4, nil], [nil, 8, nil, 9]])
  }

  private func open() async throws -> SQLiteChunkIndex {
    try await SQLiteChunkIndex.open(
      .init(path: folder.index, busyTimeout: .milliseconds(100)), clock: StoppedClock(), telemetry: RecordingTelemetry()
    )
  }
}
