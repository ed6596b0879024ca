package import Application
import Domain
package import Threads

/// A file, or standard input (`-`), compressed or not.
///
/// Reads pieces of 256 KiB on the pool; a pipe that says nothing keeps one of its threads until it does, or until the task
/// is cancelled. Read by one task at a time.
package actor FileLogSource: LogSource {
  /// Bytes read at once, and given out at once at most.
  static let pieceBytes = 256 << 10
  /// Enough to recognise any compressed form.
  private static let recognisedBytes = 16
  /// How often a read that waits for a pipe looks whether its task was cancelled.
  private static let patienceMilliseconds: Int32 = 100

  package nonisolated let name: String
  package nonisolated let size: Int?
  private let pool: ThreadPool
  private let file: SequentialFile
  private let decompression: any StreamDecompression
  /// Nil until there are bytes to tell by.
  private var isCompressed: Bool?
  /// Read and not yet used.
  private var pending: [UInt8] = []
  private var isAtEnd = false
  private var consumed = 0

  /// - Parameters:
  ///   - path: `-` for standard input.
  ///   - decompression: A fresh one; used if the first bytes are of its kind.
  package static func open(
    _ path: String, decompression: any StreamDecompression, pool: ThreadPool
  ) async throws(LogSourceError) -> FileLogSource {
    try await pool.run { () throws(LogSourceError) in try FileLogSource(path, decompression, pool) }
  }

  private init(_ path: String, _ decompression: any StreamDecompression, _ pool: ThreadPool) throws(LogSourceError) {
    name = path
    self.pool = pool
    self.decompression = decompression
    do throws(FileError) { file = try SequentialFile(path) } catch { throw Self.translated(error) }
    size = file.size()
  }

  package nonisolated func read() async throws(LogSourceError) -> [UInt8]? {
    try await pool.host { () async throws(LogSourceError) in try await self.next() }
  }

  package func position() -> Int { consumed }

  /// Blocks: runs on the pool, as the caller prefers.
  private func next() throws(LogSourceError) -> [UInt8]? {
    if isCompressed == nil { try recognise() }
    if isCompressed == true { return try nextUnpacked() }
    if pending.isEmpty, !isAtEnd { try fill() }
    if pending.isEmpty { return nil }
    defer { pending = [] }
    consumed += pending.count
    return pending
  }

  private func recognise() throws(LogSourceError) {
    while pending.count < Self.recognisedBytes, !isAtEnd { try fill() }
    isCompressed = decompression.recognises(pending.span)
  }

  private func nextUnpacked() throws(LogSourceError) -> [UInt8]? {
    var output: [UInt8] = []
    while true {
      if pending.isEmpty, !isAtEnd { try fill() }
      let used: Int
      do throws(DecodingError) {
        used = try decompression.unpack(pending.span, into: &output, limit: Self.pieceBytes)
      } catch {
        throw .corrupt(name: name, reason: "\(error)")
      }
      consumed += used
      pending.removeFirst(used)
      if !output.isEmpty { return output }
      guard used == 0 else { continue }
      guard pending.isEmpty, isAtEnd else {
        if pending.isEmpty { continue }
        throw .corrupt(name: name, reason: "\(pending.count) bytes cannot be unpacked (at byte \(consumed))")
      }
      if decompression.isAtMemberEnd { return nil }
      throw .corrupt(name: name, reason: "it is cut off after \(consumed) bytes: the compressed stream goes on")
    }
  }

  private func fill() throws(LogSourceError) {
    // Ctrl-C must not wait for the program at the other end of a pipe.
    while !file.hasNews(withinMilliseconds: Self.patienceMilliseconds) { if Task.isCancelled { throw .cancelled } }
    do throws(FileError) {
      let bytes = try file.read(upTo: Self.pieceBytes)
      if bytes.isEmpty { isAtEnd = true }
      if pending.isEmpty { pending = bytes } else { pending.append(contentsOf: bytes) }
    } catch {
      throw Self.translated(error)
    }
  }

  private static func translated(_ error: FileError) -> LogSourceError {
    switch error.kind {
    case .notFound: .notFound(path: error.path)
    case .exists, .full, .unsuitableName, .notPermitted, .other:
      .unreadable(name: error.path, reason: SystemErrors.text(error.code))
    }
  }
}
