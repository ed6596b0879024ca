package import Application
package import Domain
package import Threads

/// Dead letters in one append-only file of checksummed frames, a letter each. `README.md` has the layout.
///
/// Positions are those of frames in the file; 0 stands for the first. One process has the folder at a time.
package final class DiskDeadLetterQueue: DeadLetterQueue {
  private static let kind = FrameFileKind(magic: "cwdeadlt", version: 1, frameBytes: 16 << 20)

  private let configuration: DiskDeadLetterQueueConfiguration
  private let contents: BlockingState<Contents>

  private struct Contents {
    var file: FrameFile
    var hashes: LetterHashes
    /// Nil once closed.
    var lock: FolderLock?
  }

  /// Opens the letters, or makes an empty file; reads all of it once, to know their ids.
  ///
  /// - Parameter pool: Runs every call that blocks.
  /// - Throws: `.unavailable` if another process has the folder or the file is of a newer version; `.corrupt` if what was
  ///   durable has changed.
  package static func open(
    _ configuration: DiskDeadLetterQueueConfiguration, pool: ThreadPool
  ) async throws(DeadLetterQueueError) -> DiskDeadLetterQueue {
    try await open(configuration, LocalFileSystem(), pool: pool)
  }

  static func open(
    _ configuration: DiskDeadLetterQueueConfiguration, _ files: any FileSystem, pool: ThreadPool
  ) async throws(DeadLetterQueueError) -> DiskDeadLetterQueue {
    try await pool.run { () throws(DeadLetterQueueError) in try DiskDeadLetterQueue(configuration, files, pool) }
  }

  private init(
    _ configuration: DiskDeadLetterQueueConfiguration, _ files: any FileSystem, _ pool: ThreadPool
  ) throws(DeadLetterQueueError) {
    self.configuration = configuration
    let folder = configuration.folder
    let lock: FolderLock?
    do throws(FileError) {
      try files.makeFolders(folder)
      lock = try FolderLock(folder, files)
      try files.removeDrafts(in: folder)
    } catch {
      throw DeadLetterQueueError(error)
    }
    guard let lock else { throw .unavailable(retryAfter: nil, reason: FolderLock.explanation(folder)) }
    var hashes = LetterHashes()
    let file: FrameFile
    do throws(FrameFileError) {
      file = try FrameFile.open(folder + "/letters", Self.kind, files) { content, _ throws(DecodingError) in
        var cursor = ByteCursor(end: content.count)
        hashes.insert(LetterHashes.hash(try DeadLetterEncoding.id(content.span, at: &cursor)))
      }.file
    } catch {
      throw DeadLetterQueueError(error)
    }
    contents = BlockingState(Contents(file: file, hashes: hashes, lock: lock), on: pool)
  }

  package func append(_ letters: [DeadLetter]) async throws(DeadLetterQueueError) {
    if Task.isCancelled { throw .cancelled }
    try await contents.run { contents throws(DeadLetterQueueError) in
      try self.keep(letters, in: &contents).get()
    }
  }

  package func read(
    from position: UInt64, limit: Int
  ) async throws(DeadLetterQueueError) -> DeadLetterPage {
    if Task.isCancelled { throw .cancelled }
    return try await contents.run { contents throws(DeadLetterQueueError) in
      try Self.page(of: contents.file, from: position, limit: limit).get()
    }
  }

  /// Frees the folder for another process; later appends fail.
  package func close() async { await contents.run { $0.lock = nil } }

  /// Blocks.
  private func keep(_ letters: [DeadLetter], in contents: inout Contents) -> Result<Void, DeadLetterQueueError> {
    var fresh: [(hash: Identifier128, content: [UInt8])] = []
    var seen: Set<Identifier128> = []
    for letter in letters {
      let hash = LetterHashes.hash(letter.id)
      if contents.hashes.contains(hash) || !seen.insert(hash).inserted { continue }
      fresh.append((hash, DeadLetterEncoding.encoded(letter)))
    }
    if fresh.isEmpty { return .success(()) }
    if contents.lock == nil { return .failure(.unavailable(retryAfter: nil, reason: "the dead letters are closed")) }
    let bytes = fresh.reduce(0) { $0 + Frame.headerBytes + $1.content.count }
    if contents.hashes.count + fresh.count > configuration.letters || contents.file.end + bytes > configuration.bytes {
      return .failure(
        .full(
          reason:
            "there are \(contents.hashes.count) dead letters in \(contents.file.end) bytes, at most \(configuration.letters) in "
            + "\(configuration.bytes) are kept: replay or export them, then move '\(contents.file.file.path)' away"))
    }
    if let large = fresh.first(where: { $0.content.count > Self.kind.frameBytes }) {
      return .failure(
        .unavailable(
          retryAfter: nil,
          reason: "a dead letter of \(large.content.count) bytes: at most \(Self.kind.frameBytes) are kept"))
    }
    do throws(FileError) { _ = try contents.file.append(fresh.map(\.content), syncs: true) } catch {
      return .failure(DeadLetterQueueError(error))
    }
    for letter in fresh { contents.hashes.insert(letter.hash) }
    return .success(())
  }

  /// Blocks.
  private static func page(of file: FrameFile, from position: UInt64, limit: Int) -> Result<
    DeadLetterPage, DeadLetterQueueError
  > {
    var position = position == 0 ? FrameFile.headerBytes : Int(clamping: position)
    var letters: [DeadLetter] = []
    do throws(FrameFileError) {
      while letters.count < limit, let frame = try file.read(at: position) {
        do throws(DecodingError) { letters.append(try DeadLetterEncoding.letter(frame.content.span)) } catch {
          throw FrameFileError.corrupt(reason: "the dead letter at byte \(position) cannot be read: \(error)")
        }
        position = frame.next
      }
    } catch {
      return .failure(DeadLetterQueueError(error))
    }
    return .success(DeadLetterPage(letters: letters, next: position < file.end ? UInt64(position) : nil))
  }
}
