import Glibc

/// Makes the creation of files in a folder durable.
enum FolderSync {
  /// - Throws: `errno`'s text, as an I/O error.
  static func sync(_ path: String) throws(SQLiteError) {
    let folder = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw .system("cannot open folder '\(path)': \(reason())") }
    defer { close(folder) }
    guard fsync(folder) == 0 else { throw .unsynced("cannot sync folder '\(path)': \(reason())") }
  }

  private static func reason() -> String { unsafe String(cString: strerror(errno)) }
}
