import Application

/// A file system of which every failed sync is told: what was not synced may be lost, whatever the caller makes of it.
struct WatchedFileSystem: FileSystem {
  let base: any FileSystem
  /// Whose files these are.
  let port: PortName
  let telemetry: any Telemetry

  func open(_ path: String, _ mode: OpenMode) throws(FileError) -> any File {
    WatchedFile(base: try base.open(path, mode), files: self)
  }

  func makeFolder(_ path: String) throws(FileError) { try base.makeFolder(path) }

  func entries(of folder: String) throws(FileError) -> [FolderEntry] { try base.entries(of: folder) }

  func rename(_ source: String, to target: String) throws(FileError) { try base.rename(source, to: target) }

  func link(_ source: String, to target: String) throws(FileError) { try base.link(source, to: target) }

  func remove(_ path: String) throws(FileError) { try base.remove(path) }

  func syncFolder(_ path: String) throws(FileError) {
    try watch { () throws(FileError) in try base.syncFolder(path) }
  }

  func watch(_ sync: () throws(FileError) -> Void) throws(FileError) {
    do throws(FileError) { try sync() } catch {
      telemetry.record(.syncFailed(port: port, reason: error.description))
      throw error
    }
  }
}
