import Application

/// The connections to one file: one writes, a few read.
struct SQLiteLanes: Sendable {
  let writer: SQLiteLane
  private let readers: [SQLiteLane]

  /// Opens them, and creates the file if there is none.
  ///
  /// - Parameter telemetry: Is told of syncs that fail.
  static func open(
    _ configuration: SQLiteChunkIndexConfiguration, _ telemetry: any Telemetry
  ) async throws(ChunkIndexError) -> SQLiteLanes {
    let path = configuration.path
    let writer = try await SQLiteLane.open(
      path: path, threadName: "index-write", busyTimeout: configuration.busyTimeout, isReader: false,
      telemetry: telemetry)
    // SQLite syncs what is in the files; that they are there at all is the folder's.
    let folder = configuration.folder
    try await writer.run { (_) throws(SQLiteError) in try FolderSync.sync(folder) }
    var readers: [SQLiteLane] = []
    for number in 0..<configuration.readers {
      readers.append(
        try await SQLiteLane.open(
          path: path, threadName: "index-read-\(number)", busyTimeout: configuration.busyTimeout, isReader: true,
          telemetry: telemetry))
    }
    return SQLiteLanes(writer: writer, readers: readers)
  }

  /// The one with the fewest calls.
  var reader: SQLiteLane { readers.min { $0.load < $1.load } ?? writer }

  /// Returns when every call has ended and the file is closed.
  func close() async {
    for reader in readers { await reader.close() }
    await writer.close()
  }
}
