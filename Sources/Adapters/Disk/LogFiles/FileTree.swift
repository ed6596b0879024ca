/// What following files asks of a file system. Every call blocks and belongs on a `ThreadPool`.
protocol FileTree: Sendable {
  /// What is in a folder, without `.` and `..`, in any order.
  func list(_ folder: String) throws(FileError) -> FolderListing

  /// Of what the path leads to, links followed.
  func state(of path: String) throws(FileError) -> FileState

  /// The absolute path without links in it.
  func realPath(of path: String) throws(FileError) -> String

  /// For reading. Never waits, whatever is there.
  func open(_ path: String) throws(FileError) -> any ReadableFile
}
