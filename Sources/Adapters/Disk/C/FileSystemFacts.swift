import Glibc

extension LocalFileSystem {
  /// What statvfs(3) says of the device of `path`.
  func device(of path: String) throws(FileError) -> DeviceFacts {
    var facts = statvfs()
    guard repeatWhileInterrupted({ unsafe statvfs(path, &facts) }) == 0 else {
      throw FileError(.stat, path, code: errno)
    }
    let block = Int(facts.f_frsize)
    return DeviceFacts(
      kind: DeviceFacts.Kind(fileSystem: MountTable.fileSystem(of: try resolve(path), in: try MountTable.read())),
      freeBytes: Int(clamping: facts.f_bavail).multipliedReportingOverflow(by: block).partialValue,
      totalBytes: Int(clamping: facts.f_blocks).multipliedReportingOverflow(by: block).partialValue,
      freeFiles: facts.f_files == 0 ? nil : Int(clamping: facts.f_favail))
  }

  /// The absolute path without links.
  private func resolve(_ path: String) throws(FileError) -> String {
    guard let resolved = unsafe realpath(path, nil) else { throw FileError(.stat, path, code: errno) }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }
}
