/// A file of a `WatchedFileSystem`.
final class WatchedFile: File {
  private let base: any File
  private let files: WatchedFileSystem

  init(base: any File, files: WatchedFileSystem) {
    self.base = base
    self.files = files
  }

  var path: String { base.path }

  func size() throws(FileError) -> Int { try base.size() }

  func read(_ count: Int, at position: Int) throws(FileError) -> [UInt8] { try base.read(count, at: position) }

  func write(_ bytes: Span<UInt8>, at position: Int) throws(FileError) { try base.write(bytes, at: position) }

  func sync() throws(FileError) { try files.watch { () throws(FileError) in try base.sync() } }

  func truncate(to size: Int) throws(FileError) { try base.truncate(to: size) }

  func lock() throws(FileError) -> Bool { try base.lock() }
}
