import Domain

@testable import DiskAdapter

/// Another file system that tells when a file is synced, on the thread that does it, before it is.
final class ObservedFileSystem: FileSystem {
  private let base: SimulatedFileSystem
  private let willSync: @Sendable () -> Void

  init(_ base: SimulatedFileSystem, willSync: @escaping @Sendable () -> Void) {
    self.base = base
    self.willSync = willSync
  }

  func open(_ path: String, _ mode: OpenMode) throws(FileError) -> any File {
    ObservedFile(try base.open(path, mode), willSync)
  }

  func makeFolder(_ path: String) throws(FileError) { try base.makeFolder(path) }
  func entries(of folder: String) throws(FileError) -> [FolderEntry] { try base.entries(of: folder) }
  func rename(_ source: String, to target: String) throws(FileError) { try base.rename(source, to: target) }
  func link(_ source: String, to target: String) throws(FileError) { try base.link(source, to: target) }
  func remove(_ path: String) throws(FileError) { try base.remove(path) }
  func syncFolder(_ path: String) throws(FileError) { try base.syncFolder(path) }
}

private final class ObservedFile: File {
  private let base: any File
  private let willSync: @Sendable () -> Void

  init(_ base: any File, _ willSync: @escaping @Sendable () -> Void) {
    self.base = base
    self.willSync = willSync
  }

  var path: String { base.path }
  func size() throws(FileError) -> Int { try base.size() }
  func read(_ count: Int, at position: Int) throws(FileError) -> [UInt8] { try base.read(count, at: position) }
  func write(_ bytes: Span<UInt8>, at position: Int) throws(FileError) { try base.write(bytes, at: position) }
  func truncate(to size: Int) throws(FileError) { try base.truncate(to: size) }
  func lock() throws(FileError) -> Bool { try base.lock() }

  func sync() throws(FileError) {
    willSync()
    try base.sync()
  }
}
