/// What the adapter asks of a file system: small enough that a test double can lose what was not synced.
///
/// Every call blocks and belongs on a `ThreadPool`. Paths are plain UTF-8.
protocol FileSystem: Sendable {
  func open(_ path: String, _ mode: OpenMode) throws(FileError) -> any File

  /// - Throws: `.exists` if there is something of that name.
  func makeFolder(_ path: String) throws(FileError)

  /// What is in a folder, without `.` and `..`, in any order.
  func entries(of folder: String) throws(FileError) -> [FolderEntry]

  /// Replaces what is at `target`, atomically. Durable once the target's folder is synced.
  func rename(_ source: String, to target: String) throws(FileError)

  /// Gives a file a second name.
  ///
  /// - Throws: `.exists` if the name is taken.
  func link(_ source: String, to target: String) throws(FileError)

  /// Removes a file or an empty folder. Durable once its folder is synced.
  func remove(_ path: String) throws(FileError)

  /// Makes the names in a folder durable.
  func syncFolder(_ path: String) throws(FileError)
}
