import Application
import Threads

/// An open file of the machine.
final class DiskLogFile: LogFile {
  let identity: FileIdentity
  private let path: String
  private let pool: ThreadPool
  /// Nil once closed. Calls that are under way keep the file until they are done.
  private let file: Lock<(any ReadableFile)?>

  init(_ file: any ReadableFile, _ found: FoundFile, _ pool: ThreadPool) {
    identity = found.identity
    path = found.path
    self.pool = pool
    self.file = Lock(file)
  }

  func status() async throws(LogFilesError) -> FileStatus {
    let state = try await perform { file throws(FileError) in try file.state() }
    return FileStatus(size: state.size, isDeleted: state.names == 0)
  }

  func read(at offset: UInt64, limit: Int) async throws(LogFilesError) -> [UInt8] {
    try await perform { file throws(FileError) in try file.read(limit, at: offset) }
  }

  func close() async { file.withLock { $0 = nil } }

  private func perform<Answer: Sendable>(
    _ body: @Sendable (any ReadableFile) throws(FileError) -> Answer
  ) async throws(LogFilesError) -> Answer {
    guard let file = file.withLock({ $0 }) else { throw .unreadable(path: path, reason: "it was closed") }
    if Task.isCancelled { throw .cancelled }
    do throws(FileError) {
      return try await pool.run { () throws(FileError) in try body(file) }
    } catch {
      throw LogFilesError(error)
    }
  }
}
