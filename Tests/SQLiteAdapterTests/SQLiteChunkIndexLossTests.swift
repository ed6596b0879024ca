import Application
import Domain
import Foundation
import InMemoryAdapter
import Testing

@testable import SQLiteAdapter

@Suite("An index in SQLite whose file goes", .timeLimit(.minutes(1))) struct SQLiteChunkIndexLossTests {
  private let folder: TemporaryFolder
  private let next = Flushes.generation.next(random: Identifier128(high: 0, low: 5))

  init() throws { folder = try TemporaryFolder() }

  private func filled() async throws -> SQLiteChunkIndex {
    let index = try await SQLiteChunkIndex.open(
      .init(path: folder.index), clock: StoppedClock(), telemetry: RecordingTelemetry())
    try await index.initialise(Flushes.generation)
    try await index.commit(Flushes.commit(0, chunks: [Flushes.chunk("api", 1...2)]))
    return index
  }

  private func look(_ index: SQLiteChunkIndex) async throws -> IndexedChunks {
    try await index.chunks(in: PartitionID(0), tenant: .default, service: nil, overlapping: .all)
  }

  private func lose(_ suffixes: [String]) throws {
    for suffix in suffixes { try FileManager.default.removeItem(atPath: folder.index + suffix) }
  }

  @Test(
    "takes nothing more in, and shows what it had as not whole", arguments: [["", "-wal", "-shm"], [""], ["-wal"]])
  func notices(_ suffixes: [String]) async throws {
    let index = try await filled()
    try lose(suffixes)
    await #expect {
      try await index.commit(Flushes.commit(1))
    } throws: { error in
      guard case .corrupt(let reason)? = error as? ChunkIndexError else { return false }
      return reason.contains("removed or replaced") && reason.contains(folder.index)
    }
    await #expect(throws: ChunkIndexError.self) { _ = try await index.generation() }
    let found = try await look(index)
    #expect(found.generation == nil && found.chunks.count == 1)
  }

  @Test("is another file after a rebuild, and the old one stays aside", arguments: [true, false])
  func rebuilds(_ isReplaced: Bool) async throws {
    let index = try await filled()
    let snapshot = try await index.snapshot(of: PartitionID(0))
    if isReplaced {
      let other = try TemporaryFolder()
      _ = try await SQLiteChunkIndex.open(
        .init(path: other.index), clock: StoppedClock(), telemetry: RecordingTelemetry())
      try lose(["", "-wal", "-shm"])
      try FileManager.default.copyItem(atPath: other.index, toPath: folder.index)
    } else {
      try lose(["", "-wal", "-shm"])
    }
    try await index.beginRebuild(as: next)
    #expect(try await index.generation() == nil)
    #expect(try await look(index).chunks.isEmpty)
    try await index.stage(
      PartitionSnapshot(
        partition: snapshot.partition, generation: next, commits: snapshot.commits, epoch: snapshot.epoch,
        watermark: snapshot.watermark, head: snapshot.head, windows: snapshot.windows, gaps: [],
        objects: snapshot.objects, letters: []))
    try await index.finishRebuild(as: next)
    #expect(try await look(index).generation == next)
    await index.close()
    let again = try await SQLiteChunkIndex.open(
      .init(path: folder.index), clock: StoppedClock(), telemetry: RecordingTelemetry())
    #expect(try await look(again).chunks.count == 1)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(names.contains { $0.hasPrefix("index.sqlite.aside-") } == isReplaced, "\(names)")
  }

  @Test("that is damaged within is begun anew by a rebuild")
  func damagedWithin() async throws {
    let first = try await filled()
    let chunks = try (0..<3_000).map { try Flushes.chunk("service-\($0)", 1...2) }
    try await first.commit(Flushes.commit(1, chunks: chunks))
    await first.close()
    #expect(!FileManager.default.fileExists(atPath: folder.index + "-wal"))
    let file = try #require(FileHandle(forUpdatingAtPath: folder.index))
    try file.seek(toOffset: 4_096 * 70)
    file.write(Data(repeating: 0xEE, count: 4_096 * 4))
    try file.close()
    let index = try await SQLiteChunkIndex.open(
      .init(path: folder.index), clock: StoppedClock(), telemetry: RecordingTelemetry())
    try await index.beginRebuild(as: next)
    try await index.finishRebuild(as: next)
    #expect(try await index.generation() == next)
    #expect(try await index.commits().isEmpty)
  }

  @Test("that is no database is moved aside where that is wanted")
  func garbage() async throws {
    let garbage = Data(repeating: 0x21, count: 10_000)
    try garbage.write(to: URL(fileURLWithPath: folder.index))
    let index = try await SQLiteChunkIndex.open(
      .init(path: folder.index), clock: StoppedClock(), telemetry: RecordingTelemetry(), damaged: .moveAside)
    #expect(try await index.generation() == nil)
    let aside = try #require(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).first { $0.contains(".aside-") })
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.path + "/" + aside)) == garbage)
  }

  @Test("answers nothing once it is closed, and leaves no log behind")
  func closes() async throws {
    let index = try await filled()
    await index.close()
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["index.sqlite"])
    await #expect(throws: ChunkIndexError.self) { _ = try await index.generation() }
  }
}
