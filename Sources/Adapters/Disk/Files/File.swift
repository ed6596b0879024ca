/// An open file, closed when the last reference goes. Calls of several threads do not disturb each other.
protocol File: AnyObject, Sendable {
  var path: String { get }

  func size() throws(FileError) -> Int

  /// `count` bytes from `position`; fewer only where the file ends.
  func read(_ count: Int, at position: Int) throws(FileError) -> [UInt8]

  /// Writes all of `bytes`; after an error any part of them may be there.
  func write(_ bytes: Span<UInt8>, at position: Int) throws(FileError)

  /// Returns when content and size are on the device (fdatasync). After an error what was written since the last sync may be
  /// lost although it can still be read.
  func sync() throws(FileError)

  func truncate(to size: Int) throws(FileError)

  /// Takes the file's advisory lock, which ends with the process or the last reference; false if somebody else has it.
  func lock() throws(FileError) -> Bool
}
