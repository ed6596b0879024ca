import Threads

@testable import DiskAdapter

/// The machine's files, some of which fail: a test that runs as root may read all.
final class ScriptedFileTree: FileTree {
  private struct State {
    var failures: [String: Int32] = [:]
    var openingFailures: [String: Int32] = [:]
    var opened = 0
    var listed = 0
  }

  private let base = LocalFileTree()
  private let state = Lock(State())

  /// Files opened so far.
  var opened: Int { state.withLock { $0.opened } }
  /// Folders listed so far.
  var listed: Int { state.withLock { $0.listed } }

  /// - Parameter opening: Whether only opening fails, or all that is asked of this path.
  func fail(_ path: String, code: Int32, opening: Bool = false) {
    state.withLock { state in
      if opening { state.openingFailures[path] = code } else { state.failures[path] = code }
    }
  }

  func heal() {
    state.withLock { state in
      state.failures = [:]
      state.openingFailures = [:]
    }
  }

  func list(_ folder: String) throws(FileError) -> FolderListing {
    state.withLock { $0.listed += 1 }
    try check(.listFolder, folder)
    return try base.list(folder)
  }

  func state(of path: String) throws(FileError) -> FileState {
    try check(.stat, path)
    return try base.state(of: path)
  }

  func realPath(of path: String) throws(FileError) -> String {
    try check(.resolve, path)
    return try base.realPath(of: path)
  }

  func open(_ path: String) throws(FileError) -> any ReadableFile {
    try check(.open, path)
    if let code = state.withLock({ $0.openingFailures[path] }) { throw FileError(.open, path, code: code) }
    state.withLock { $0.opened += 1 }
    return try base.open(path)
  }

  private func check(_ operation: FileOperation, _ path: String) throws(FileError) {
    if let code = state.withLock({ $0.failures[path] }) { throw FileError(operation, path, code: code) }
  }
}
