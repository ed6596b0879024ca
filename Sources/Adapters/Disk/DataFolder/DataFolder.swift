import Threads

/// The folder that everything of one system lies in, held by one process at a time: a server, or an operator's command.
///
/// The lock is the kernel's and goes with the process, so a file in the folder that says who has it may be out of date, but
/// the lock never is.
package final class DataFolder: Sendable {
  package let path: String
  private let files: any FileSystem
  private let lock: Lock<FolderLock?>

  private init(_ path: String, _ files: any FileSystem, _ lock: FolderLock) {
    self.path = path
    self.files = files
    self.lock = Lock(lock)
  }

  /// Takes the folder's lock. Blocks for the length of a few system calls.
  ///
  /// - Parameter makesFolder: Make the folder, and those above it, if it is missing.
  /// - Throws: `.held` if another process, or another part of this one, has it; `.notFound` if it is not there and is not to
  ///   be made.
  package static func hold(_ path: String, makesFolder: Bool) throws(DataFolderError) -> DataFolder {
    let files = LocalFileSystem()
    let lock: FolderLock?
    do throws(FileError) {
      if makesFolder { try files.makeFolders(path) }
      lock = try FolderLock(path, files)
    } catch { throw DataFolderError(error, folder: path) }
    guard let lock else { throw .held(path) }
    return DataFolder(path, files, lock)
  }

  /// Takes the lock of a folder that was used before, and makes nothing. Blocks for the length of a few system calls.
  ///
  /// - Returns: Nil if there is no lock to take: no such folder, or nobody ever used it.
  /// - Throws: `.held` if another process, or another part of this one, has it.
  package static func holdIfUsed(_ path: String) throws(DataFolderError) -> DataFolder? {
    let files = LocalFileSystem()
    let lock: FolderLock?
    do throws(FileError) { lock = try FolderLock(path, files, .read) } catch {
      if error.kind == .notFound { return nil }
      throw DataFolderError(error, folder: path)
    }
    guard let lock else { throw .held(path) }
    return DataFolder(path, files, lock)
  }

  /// Whether a server ever used the folder: it has an index, or two of the others of `parts` (`/var` has a `log` too).
  ///
  /// A data folder whose index is lost is one still, as is one of which the log is lost beside. Blocks for the length of a
  /// few system calls, and makes nothing.
  package static func isUsed(_ path: String) throws(DataFolderError) -> Bool {
    let entries: [FolderEntry]
    do throws(FileError) { entries = try LocalFileSystem().entries(of: path) } catch {
      throw DataFolderError(error, folder: path)
    }
    let names = Set(entries.map(\.name))
    return names.contains("index.sqlite") || names.intersection(parts).count >= 2
  }

  private static let parts: Set<String> = ["log", "objects", "dead-letters"]

  /// Gives it free for another process. Nothing in it may be open any more.
  package func release() { lock.withLock { $0 = nil } }

  /// Writes a small file that only its owner may read (mode 0600), whole or not at all.
  package func write(_ bytes: [UInt8], to name: String) throws(DataFolderError) {
    do throws(FileError) {
      // What a crash left of an earlier one could have another mode.
      try files.removeDrafts(in: path)
      try files.replace(path + "/" + name, with: bytes)
    } catch { throw DataFolderError(error, folder: path) }
  }

  /// Removes a file; one that is not there is no error.
  package func remove(_ name: String) throws(DataFolderError) {
    do throws(FileError) { try files.remove(path + "/" + name) } catch {
      if error.kind != .notFound { throw DataFolderError(error, folder: path) }
    }
  }

  /// The content of a small file of a folder that another process may have; nil if it is not there.
  ///
  /// - Parameter limit: Bytes at most; what is beyond is left out.
  package static func content(of name: String, in path: String, limit: Int) throws(DataFolderError) -> [UInt8]? {
    do throws(FileError) {
      let file = try LocalFileSystem().open(path + "/" + name, .read)
      return try file.read(min(try file.size(), limit), at: 0)
    } catch {
      if error.kind == .notFound { return nil }
      throw DataFolderError(error, folder: path)
    }
  }
}
