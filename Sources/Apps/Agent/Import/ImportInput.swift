import Application
import DiskAdapter
import Threads
import ZlibAdapter

/// What an import reads: a file, which can be opened again, or standard input, which cannot.
struct ImportInput: Sendable {
  let path: String
  let pool: ThreadPool
  private let isStandardInputUsed = Lock(false)

  init(path: String, pool: ThreadPool) {
    self.path = path
    self.pool = pool
  }

  /// Fails early for a file that is not there, before anything is waited for.
  func check() async throws(LogSourceError) {
    if path != "-" { _ = try await FileLogSource.open(path, decompression: GzipDecompression(), pool: pool) }
  }

  @Sendable
  func open() async throws(LogSourceError) -> any LogSource {
    if path == "-",
      isStandardInputUsed.withLock({ isUsed in
        defer { isUsed = true }; return isUsed
      })
    {
      throw .unreadable(
        name: path,
        reason: "it begins like a source that was imported before and is another one; import it as a file")
    }
    return try await FileLogSource.open(path, decompression: GzipDecompression(), pool: pool)
  }
}
