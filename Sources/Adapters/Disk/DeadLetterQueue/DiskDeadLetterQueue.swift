package import Application
package import Domain
package import Threads

/// Dead letters in one file of checksummed frames: letters, what became of their replays, which were dropped. `README.md` has
/// the layout.
///
/// When more of it is garbage than not, the file is written anew. One process has the folder at a time.
package final class DiskDeadLetterQueue: DeadLetterQueue {
  private let contents: BlockingState<Contents>
  private let telemetry: any Telemetry
  /// Paths of files that are kept since something in them is damaged; whoever has looked at them may remove them, and the next
  /// start no longer names them.
  package let damagedFiles: [String]

  private struct Contents {
    var file: LetterFile
    /// Nil once closed.
    var lock: FolderLock?
  }

  /// Opens the letters, or makes an empty file; reads all of it once, to know their ids.
  ///
  /// - Parameter pool: Runs every call that blocks.
  /// - Throws: `.unavailable` if another process has the folder or the file is of a newer version; `.full` if
  ///   it is damaged and there is no space to write what is intact anew.
  package static func open(
    _ configuration: DiskDeadLetterQueueConfiguration, pool: ThreadPool, telemetry: any Telemetry
  ) async throws(DeadLetterQueueError) -> DiskDeadLetterQueue {
    let files = WatchedFileSystem(base: LocalFileSystem(), port: .deadLetterQueue, telemetry: telemetry)
    return try await open(configuration, files, pool: pool, telemetry: telemetry)
  }

  static func open(
    _ configuration: DiskDeadLetterQueueConfiguration, _ files: any FileSystem, pool: ThreadPool,
    telemetry: any Telemetry
  ) async throws(DeadLetterQueueError) -> DiskDeadLetterQueue {
    try await pool.run { () throws(DeadLetterQueueError) in
      try DiskDeadLetterQueue(configuration, files, pool, telemetry)
    }
  }

  private init(
    _ configuration: DiskDeadLetterQueueConfiguration, _ files: any FileSystem, _ pool: ThreadPool,
    _ telemetry: any Telemetry
  ) throws(DeadLetterQueueError) {
    let folder = configuration.folder
    let lock: FolderLock?
    do throws(FileError) {
      try files.makeFolders(folder)
      lock = try FolderLock(folder, files)
      if lock != nil { try files.removeDrafts(in: folder) }
    } catch {
      throw DeadLetterQueueError(error)
    }
    guard let lock else { throw .unavailable(retryAfter: nil, reason: FolderLock.explanation(folder)) }
    self.telemetry = telemetry
    do throws(FrameFileError) {
      let file = try LetterFile(configuration, files)
      if let damage = file.damage {
        telemetry.record(.deadLettersDamaged(bytes: damage.bytes, reason: damage.reason))
      }
      telemetry.record(.deadLettersHeld(file.counts))
      damagedFiles = try FrameFileError.translating { () throws(FileError) in
        try LetterFile.damagedFiles(in: folder, files)
      }
      contents = BlockingState(Contents(file: file, lock: lock), on: pool)
    } catch {
      throw DeadLetterQueueError(error)
    }
  }

  package func append(_ letters: [DeadLetter]) async throws(DeadLetterQueueError) {
    try await change { (file) throws(DeadLetterQueueError) in try file.append(letters) }
  }

  package func read(
    from position: UInt64, limit: Int, bytes: Int
  ) async throws(DeadLetterQueueError) -> DeadLetterPage {
    if Task.isCancelled { throw .cancelled }
    return try await contents.run { (contents) throws(DeadLetterQueueError) in
      try contents.file.page(from: position, limit: limit, bytes: bytes)
    }
  }

  package func note(_ replays: [UInt64: DeadLetterReplay]) async throws(DeadLetterQueueError) {
    try await change { (file) throws(DeadLetterQueueError) in try file.note(replays) }
  }

  @discardableResult
  package func drop(_ positions: [UInt64]) async throws(DeadLetterQueueError) -> Int {
    try await change { (file) throws(DeadLetterQueueError) in try file.drop(positions) }
  }

  /// Why letters that came last could not be kept; nil if they could, or some were dropped since.
  package func fullness() async -> String? { await contents.run { $0.file.fullness } }

  /// Frees the folder for another process; later changes fail.
  package func close() async { await contents.run { $0.lock = nil } }

  private func change<Value: Sendable>(
    _ body: @Sendable (inout LetterFile) throws(DeadLetterQueueError) -> Value
  ) async throws(DeadLetterQueueError) -> Value {
    if Task.isCancelled { throw .cancelled }
    return try await contents.run { (contents) throws(DeadLetterQueueError) in
      if contents.lock == nil { throw .unavailable(retryAfter: nil, reason: "the dead letters are closed") }
      let before = contents.file.counts
      defer {
        let counts = contents.file.counts
        if counts != before { telemetry.record(.deadLettersHeld(counts)) }
      }
      return try body(&contents.file)
    }
  }
}
