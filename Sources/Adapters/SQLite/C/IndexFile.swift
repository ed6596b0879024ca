import Glibc

/// The file that a path names, by what does not change while it is open: whoever removes or replaces a file leaves those
/// that have it open with one that nobody can find again.
struct IndexFile: Equatable, Sendable {
  /// SQLite's companions of a database file.
  private static let suffixes = ["", "-wal", "-shm"]

  private let device: UInt64
  private let number: UInt64

  /// Nil if there is none. Costs about a microsecond.
  init?(at path: String) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    device = UInt64(status.st_dev)
    number = UInt64(status.st_ino)
  }

  /// Gives the file and its companions another name; absent ones are passed over. Who has them open keeps them.
  static func moveAside(_ path: String, mark: String) throws(SQLiteError) {
    let aside = "\(path).\(mark)"
    for suffix in suffixes where unsafe rename(path + suffix, aside + suffix) != 0 && errno != ENOENT {
      let text = unsafe String(cString: strerror(errno))
      throw .system("cannot move '\(path + suffix)' aside: \(text)")
    }
  }
}
