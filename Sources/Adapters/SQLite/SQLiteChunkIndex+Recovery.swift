package import Application
package import Domain
import Threads

extension SQLiteChunkIndex {
  package func commits() async throws(ChunkIndexError) -> [PartitionID: UInt64] {
    try await reader.run { (connection) throws(SQLiteError) in try connection.commits() }
  }

  package func snapshot(of partition: PartitionID) async throws(ChunkIndexError) -> PartitionSnapshot {
    let snapshot = try await reader.run { (connection) throws(SQLiteError) in try connection.snapshot(of: partition) }
    guard let snapshot else { throw .wrongGeneration(found: nil) }
    return snapshot
  }

  /// Reads the whole file first: if its structure is damaged, or it was removed or replaced, what is there gets another
  /// name and a new file is begun.
  package func beginRebuild(as generation: Generation) async throws(ChunkIndexError) {
    do throws(ChunkIndexError) {
      try await writer.run { (connection) throws(SQLiteError) in
        try connection.checkStructure()
        try connection.beginRebuild(as: generation)
      }
    } catch {
      guard case .corrupt = error else { throw error }
      try await beginAnew()
      try await writer.run { (connection) throws(SQLiteError) in try connection.beginRebuild(as: generation) }
    }
  }

  package func stage(_ snapshot: PartitionSnapshot) async throws(ChunkIndexError) {
    let refusal = try await writer.run { (connection) throws(SQLiteError) in try connection.stage(snapshot) }
    if let refusal { throw refusal }
  }

  package func finishRebuild(as generation: Generation) async throws(ChunkIndexError) {
    let refusal = try await writer.run { (connection) throws(SQLiteError) in
      try connection.finishRebuild(as: generation)
    }
    if let refusal { throw refusal }
  }

  /// Moves what is there aside before it closes what it had open: closing removes a log by its name, which may be another
  /// file's by now.
  private func beginAnew() async throws(ChunkIndexError) {
    let old = lanes.withLock { lanes in
      defer { lanes = nil }
      return lanes
    }
    do throws(ChunkIndexError) { try Self.moveAside(configuration, at: clock.now()) } catch {
      lanes.withLock { $0 = old }
      throw error
    }
    await old?.close()
    let new = try await SQLiteLanes.open(configuration, telemetry)
    lanes.withLock { $0 = new }
  }

  static func moveAside(
    _ configuration: SQLiteChunkIndexConfiguration, at time: Timestamp
  ) throws(ChunkIndexError) {
    do throws(SQLiteError) {
      try IndexFile.moveAside(configuration.path, mark: "aside-\(time.nanoseconds)")
      try FolderSync.sync(configuration.folder)
    } catch { throw error.portError(path: configuration.path) }
  }
}
