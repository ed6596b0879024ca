/// Where an index is and how it is used.
package struct SQLiteChunkIndexConfiguration: Sendable {
  /// The database file; its `-wal` and `-shm` lie beside it. Its folder must exist, on a local file system.
  package let path: String
  /// Look-ups that can run at once, 1 to 16: each has a connection and a thread.
  package let readers: Int
  /// How long a call waits for another process that writes.
  package let busyTimeout: Duration

  /// - Precondition: `readers` is within its range, `path` is not empty.
  package init(path: String, readers: Int = 2, busyTimeout: Duration = .seconds(5)) {
    precondition((1...16).contains(readers), "an index has 1 to 16 readers, not \(readers)")
    precondition(!path.isEmpty, "an index has a path")
    self.path = path
    self.readers = readers
    self.busyTimeout = busyTimeout
  }

  /// The folder of `path`.
  var folder: String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
