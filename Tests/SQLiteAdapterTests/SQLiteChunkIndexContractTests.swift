import ChunkIndexContract
import SQLiteAdapter
import InMemoryAdapter
import Testing

@Suite("The index in SQLite, by contract", .timeLimit(.minutes(2))) struct SQLiteChunkIndexContractTests {
  @Test("keeps the port's promises", arguments: ChunkIndexPromise.allCases)
  func keeps(_ promise: ChunkIndexPromise) async throws {
    let folder = try TemporaryFolder()
    let configuration = SQLiteChunkIndexConfiguration(path: folder.index)
    let index = try await SQLiteChunkIndex.open(configuration, clock: StoppedClock(), telemetry: RecordingTelemetry())
    try await promise.check(on: index) { _ in
      try await SQLiteChunkIndex.open(configuration, clock: StoppedClock(), telemetry: RecordingTelemetry())
    }
  }
}
