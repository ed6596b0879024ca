import Glibc

/// Makes the creation of files in a folder durable.
enum FolderSync {
  /// - Throws: `errno`'s text, as an I/O error.
  static func sync(_ path: String) throws(SQLiteError) {
    let folder = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw failure("open", path) }
    defer { close(folder) }
    guard fsync(folder) == 0 else { throw failure("sync", path) }
  }

  private static func failure(_ call: String, _ path: String) -> SQLiteError {
    let text = unsafe String(cString: strerror(errno))
    return .unsynced("cannot \(call) folder '\(path)': \(text)")
  }
}
