/// A file open for reading, closed when the last reference goes. Calls of several threads do not disturb each other.
protocol ReadableFile: AnyObject, Sendable {
  func state() throws(FileError) -> FileState

  /// At most `limit` bytes from `position`; fewer only where the file ends.
  func read(_ limit: Int, at position: UInt64) throws(FileError) -> [UInt8]
}
