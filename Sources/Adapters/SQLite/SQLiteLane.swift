import Application
import Domain
import Threads

/// A connection with a thread of its own, on which alone it is used: calls wait for each other, and none blocks an event
/// loop or the cooperative pool.
final class SQLiteLane: @unchecked Sendable {  // `connection` is used on the one thread of `thread` only
  private let thread: ThreadPool
  private let path: String
  /// The database and its log, as they were when they were opened.
  private let files: [IndexFile?]
  private let telemetry: any Telemetry
  private let waiting = Lock(0)
  /// Nil once it is closed.
  private var connection: SQLiteConnection?

  /// Calls that run or wait.
  var load: Int { waiting.withLock { $0 } }

  private init(_ connection: SQLiteConnection, _ thread: ThreadPool, path: String, _ telemetry: any Telemetry) {
    self.connection = connection
    self.thread = thread
    self.path = path
    self.telemetry = telemetry
    files = Self.files(at: path)
  }

  /// Opens the file and makes it an index if it is new.
  ///
  /// - Parameters:
  ///   - threadName: At most 15 bytes are shown.
  ///   - telemetry: Is told of syncs that fail.
  static func open(
    path: String, threadName: String, busyTimeout: Duration, isReader: Bool, telemetry: any Telemetry
  ) async throws(ChunkIndexError) -> SQLiteLane {
    let thread = ThreadPool(name: threadName, threads: 1)
    do throws(SQLiteError) {
      return try await thread.run { () throws(SQLiteError) in
        let milliseconds = Int32(clamping: busyTimeout.wholeMilliseconds)
        let connection = try SQLiteConnection(path: path, busyTimeoutMilliseconds: milliseconds)
        try connection.openIndex(isReader: isReader)
        return SQLiteLane(connection, thread, path: path, telemetry)
      }
    } catch { throw error.told(to: telemetry, path: path) }
  }

  /// Runs `body` unless the task is cancelled by then. Once begun, it is run to its end.
  ///
  /// - Throws: `.corrupt` if the file is not the one that was opened: what is written would be lost with it.
  func run<Result: Sendable>(
    _ body: @Sendable (SQLiteConnection) throws(SQLiteError) -> Result
  ) async throws(ChunkIndexError) -> Result {
    try await runAnyway { (connection, isInPlace) throws(SQLiteError) in
      guard isInPlace else { throw .corrupt("the file was removed or replaced while it was open") }
      return try body(connection)
    }
  }

  /// The same, also if the file was removed or replaced, which `body` is told: what was in it can still be read.
  ///
  /// `@concurrent`, so that it never runs on the caller's actor, whose executor may be another thread.
  @concurrent
  func runAnyway<Result: Sendable>(
    _ body: @Sendable (SQLiteConnection, _ isInPlace: Bool) throws(SQLiteError) -> Result
  ) async throws(ChunkIndexError) -> Result {
    waiting.withLock { $0 += 1 }
    defer { waiting.withLock { $0 -= 1 } }
    do throws(SQLiteError) {
      let result = try await thread.run { () throws(SQLiteError) -> Result? in
        if Task.isCancelled { return nil }
        guard let connection else { throw .refused("it is closed") }
        return try body(connection, Self.files(at: path) == files)
      }
      if let result { return result }
    } catch { throw error.told(to: telemetry, path: path) }
    throw .cancelled
  }

  /// Closes the connection when the calls before have ended. The last of a file folds the log into it.
  @concurrent
  func close() async {
    await thread.run { connection = nil }
  }

  private static func files(at path: String) -> [IndexFile?] {
    [IndexFile(at: path), IndexFile(at: path + "-wal")]
  }
}
