import Domain
import Glibc
import Threads

@testable import DiskAdapter

/// Another file system whose files take their time to sync.
final class SlowFileSystem: FileSystem {
  private let base: SimulatedFileSystem
  private let delay = Lock(UInt32(0))

  init(_ base: SimulatedFileSystem) { self.base = base }

  func delaysSyncs(milliseconds: UInt32) { delay.withLock { $0 = milliseconds } }

  func open(_ path: String, _ mode: OpenMode) throws(FileError) -> any File {
    SlowFile(try base.open(path, mode)) { usleep(self.delay.withLock { $0 } * 1_000) }
  }

  func makeFolder(_ path: String) throws(FileError) { try base.makeFolder(path) }
  func entries(of folder: String) throws(FileError) -> [FolderEntry] { try base.entries(of: folder) }
  func rename(_ source: String, to target: String) throws(FileError) { try base.rename(source, to: target) }
  func link(_ source: String, to target: String) throws(FileError) { try base.link(source, to: target) }
  func remove(_ path: String) throws(FileError) { try base.remove(path) }
  func syncFolder(_ path: String) throws(FileError) { try base.syncFolder(path) }
}

private final class SlowFile: File {
  private let base: any File
  private let wait: @Sendable () -> Void

  init(_ base: any File, _ wait: @escaping @Sendable () -> Void) {
    self.base = base
    self.wait = wait
  }

  var path: String { base.path }
  func size() throws(FileError) -> Int { try base.size() }
  func read(_ count: Int, at position: Int) throws(FileError) -> [UInt8] { try base.read(count, at: position) }
  func write(_ bytes: Span<UInt8>, at position: Int) throws(FileError) { try base.write(bytes, at: position) }
  func truncate(to size: Int) throws(FileError) { try base.truncate(to: size) }
  func lock() throws(FileError) -> Bool { try base.lock() }

  func sync() throws(FileError) {
    wait()
    try base.sync()
  }
}
