import Application
import InMemoryAdapter
import LogFilesContract

/// Files in memory whose adapter breaks one promise, or none.
struct FlawedFilesStage: LogFilesStage {
  let flaw: LogFilesPromise?
  let tree = InMemoryFileTree()
  let root = "/logs"

  func files(_ patterns: [String], excluding excluded: [String]) async throws -> any LogFiles {
    let excluded = flaw == .passesOverExcludedFiles ? [] : excluded.map { $0.contains("/") ? path($0) : $0 }
    let files = try InMemoryLogFiles(tree, patterns: patterns.map(path), excluding: excluded, clock: PlainClock())
    return FlawedLogFiles(files, breaking: flaw)
  }

  func append(_ bytes: [UInt8], to name: String) { tree.append(bytes, to: path(name)) }
  func truncate(_ name: String, to size: Int) { tree.truncate(path(name), to: size) }
  func rename(_ name: String, to target: String) { tree.rename(path(name), to: path(target)) }
  func remove(_ name: String) { tree.remove(path(name)) }
  func link(_ name: String, to second: String) { tree.link(path(name), to: path(second)) }
}
