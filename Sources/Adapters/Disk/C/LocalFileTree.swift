import Application
import Clinux
import Glibc

/// The machine's own files.
@safe
struct LocalFileTree: FileTree {
  func list(_ folder: String) throws(FileError) -> FolderListing {
    guard let stream = unsafe opendir(folder) else { throw FileError(.listFolder, folder, code: errno) }
    defer { unsafe closedir(stream) }
    var listing = FolderListing()
    while true {
      errno = 0
      guard let entry = unsafe readdir(stream) else { break }
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) {
        // `!`: a fixed array is not empty. It ends with a zero.
        unsafe String(validatingCString: $0.baseAddress!.assumingMemoryBound(to: CChar.self))
      }
      guard let name else {
        listing.illFormedNames += 1
        continue
      }
      if name == "." || name == ".." { continue }
      guard let kind = kind(folder, name, unsafe Int(entry.pointee.d_type)) else { continue }
      listing.entries.append(FolderListing.Entry(name: name, inode: UInt64(unsafe entry.pointee.d_ino), kind: kind))
    }
    if errno != 0 { throw FileError(.listFolder, folder, code: errno) }
    return listing
  }

  func state(of path: String) throws(FileError) -> FileState {
    var state = statx()
    guard unsafe statx_path(path, &state) == 0 else { throw FileError(.stat, path, code: errno) }
    return FileState(state)
  }

  func realPath(of path: String) throws(FileError) -> String {
    guard let resolved = unsafe realpath(path, nil) else { throw FileError(.resolve, path, code: errno) }
    defer { unsafe free(resolved) }
    guard let text = unsafe String(validatingCString: resolved) else { throw FileError(.resolve, path, code: EILSEQ) }
    return text
  }

  func open(_ path: String) throws(FileError) -> any ReadableFile { try LocalReadableFile(path) }

  /// Nil if it is gone. File systems that do not fill in `d_type` need a stat.
  private func kind(_ folder: String, _ name: String, _ type: Int) -> FileKind? {
    switch type {
    case DT_REG: return .file
    case DT_DIR: return .folder
    case DT_LNK: return .link
    case DT_UNKNOWN:
      var status = stat()
      guard unsafe lstat(folder + "/" + name, &status) == 0 else { return nil }
      return FileKind(mode: status.st_mode)
    default: return .special
    }
  }
}
