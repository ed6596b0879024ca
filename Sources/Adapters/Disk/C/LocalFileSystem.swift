import Glibc

/// The machine's own file system.
@safe
struct LocalFileSystem: FileSystem {
  func open(_ path: String, _ mode: OpenMode) throws(FileError) -> any File {
    try LocalFile(path, mode)
  }

  func makeFolder(_ path: String) throws(FileError) {
    guard unsafe mkdir(path, 0o700) == 0 else { throw FileError(.makeFolder, path, code: errno) }
  }

  func entries(of folder: String) throws(FileError) -> [FolderEntry] {
    guard let stream = unsafe opendir(folder) else { throw FileError(.listFolder, folder, code: errno) }
    defer { unsafe closedir(stream) }
    var entries: [FolderEntry] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(stream) else { break }
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) {
        unsafe String(cString: $0.baseAddress!.assumingMemoryBound(to: CChar.self))
      }
      if name == "." || name == ".." { continue }
      let kind = unsafe entry.pointee.d_type
      entries.append(FolderEntry(name: name, isFolder: try isFolder(folder + "/" + name, kind)))
    }
    if errno != 0 { throw FileError(.listFolder, folder, code: errno) }
    return entries
  }

  func rename(_ source: String, to target: String) throws(FileError) {
    guard unsafe Glibc.rename(source, target) == 0 else { throw FileError(.rename, target, code: errno) }
  }

  func link(_ source: String, to target: String) throws(FileError) {
    guard unsafe Glibc.link(source, target) == 0 else { throw FileError(.link, target, code: errno) }
  }

  func remove(_ path: String) throws(FileError) {
    guard unsafe Glibc.remove(path) == 0 else { throw FileError(.remove, path, code: errno) }
  }

  func syncFolder(_ path: String) throws(FileError) {
    let descriptor = unsafe Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(.syncFolder, path, code: errno) }
    defer { close(descriptor) }
    guard repeatWhileInterrupted({ fsync(descriptor) }) == 0 else { throw FileError(.syncFolder, path, code: errno) }
  }

  /// File systems that do not fill in `d_type` need a stat.
  private func isFolder(_ path: String, _ kind: UInt8) throws(FileError) -> Bool {
    if Int(kind) != DT_UNKNOWN { return Int(kind) == DT_DIR }
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else { throw FileError(.stat, path, code: errno) }
    return status.st_mode & S_IFMT == S_IFDIR
  }
}
