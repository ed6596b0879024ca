import Application
import Domain
import Threads

/// A connection with a thread of its own, on which alone it is used: calls wait for each other, and none blocks an event
/// loop or the cooperative pool.
final class SQLiteLane: @unchecked Sendable {  // `connection` is used on the one thread of `thread` only
  private let thread: ThreadPool
  private let connection: SQLiteConnection
  private let path: String
  private let waiting = Lock(0)

  /// Calls that run or wait.
  var load: Int { waiting.withLock { $0 } }

  private init(_ connection: SQLiteConnection, _ thread: ThreadPool, path: String) {
    self.connection = connection
    self.thread = thread
    self.path = path
  }

  /// Opens the file and makes it an index if it is new.
  ///
  /// - Parameter threadName: At most 15 bytes are shown.
  static func open(
    path: String, threadName: String, busyTimeout: Duration, isReader: Bool
  ) async throws(ChunkIndexError) -> SQLiteLane {
    let thread = ThreadPool(name: threadName, threads: 1)
    do throws(SQLiteError) {
      return try await thread.run { () throws(SQLiteError) in
        let milliseconds = Int32(clamping: busyTimeout.wholeMilliseconds)
        let connection = try SQLiteConnection(path: path, busyTimeoutMilliseconds: milliseconds)
        try connection.openIndex(isReader: isReader)
        return SQLiteLane(connection, thread, path: path)
      }
    } catch { throw error.portError(path: path) }
  }

  /// Runs `body` unless the task is cancelled by then. Once begun, it is run to its end.
  ///
  /// `@concurrent`, so that it never runs on the caller's actor, whose executor may be another thread.
  @concurrent
  func run<Result: Sendable>(
    _ body: @Sendable (SQLiteConnection) throws(SQLiteError) -> Result
  ) async throws(ChunkIndexError) -> Result {
    waiting.withLock { $0 += 1 }
    defer { waiting.withLock { $0 -= 1 } }
    do throws(SQLiteError) {
      let result = try await thread.run { () throws(SQLiteError) -> Result? in
        Task.isCancelled ? nil : try body(connection)
      }
      if let result { return result }
    } catch { throw error.portError(path: path) }
    throw .cancelled
  }
}
