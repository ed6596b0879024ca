package import Application
import Domain
package import Threads

/// Standard input, or a named pipe, as a stream of lines. What was read cannot be had again: there are no cursors.
///
/// Waits on a thread of its own.
package final class PipeLogStream: LogStream {
  private static let pieceBytes = 64 << 10
  /// A line of more bytes comes in parts.
  private static let maximumLineBytes = 4 << 20
  /// How often a read that waits looks whether it is to end.
  private static let patienceMilliseconds: Int32 = 100

  private struct State: Sendable {
    var lines = WholeLines(maximumLineBytes: maximumLineBytes)
    var isOver = false
  }

  package let name: String
  private let file: SequentialFile
  private let pool = ThreadPool(name: "pipe", threads: 1)
  private let state = Lock(State())

  /// - Parameter path: `-` for standard input. A named pipe is waited for until somebody opens it for writing, so it should
  ///   have a writer already.
  package static func open(_ path: String, pool: ThreadPool) async throws(LogStreamError) -> PipeLogStream {
    try await pool.run { () throws(LogStreamError) in try PipeLogStream(path) }
  }

  private init(_ path: String) throws(LogStreamError) {
    name = path == "-" ? "standard input" : path
    do throws(FileError) { file = try SequentialFile(path) } catch {
      throw .notAvailable(name: path, reason: "\(error)")
    }
  }

  package func read() async throws(LogStreamError) -> LogStreamPiece? {
    try await pool.run { () throws(LogStreamError) in try self.next() }
  }

  package func close() async { state.withLock { $0.isOver = true } }

  private func next() throws(LogStreamError) -> LogStreamPiece? {
    while true {
      while true {
        if state.withLock({ $0.isOver }) { return nil }
        if Task.isCancelled { throw .cancelled }
        if file.hasNews(withinMilliseconds: Self.patienceMilliseconds) { break }
      }
      let bytes: [UInt8]
      do throws(FileError) { bytes = try file.read(upTo: Self.pieceBytes) } catch {
        throw .interrupted(name: name, reason: "\(error)")
      }
      let found = state.withLock { state in
        if !bytes.isEmpty { return state.lines.add(bytes) }
        state.isOver = true
        return state.lines.last()
      }
      if let found { return LogStreamPiece(bytes: found, cursor: nil) }
    }
  }
}
