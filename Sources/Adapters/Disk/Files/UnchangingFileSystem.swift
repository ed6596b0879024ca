/// The file system of this machine, to be looked at and not to be changed: whatever would change it is refused as on a device
/// that is mounted read-only.
struct UnchangingFileSystem: FileSystem {
  /// `EROFS` of Linux.
  private static let refusal: Int32 = 30

  private let base = LocalFileSystem()

  func open(_ path: String, _ mode: OpenMode) throws(FileError) -> any File {
    switch mode {
    case .read: try base.open(path, .read)
    case .update, .create, .replace: throw FileError(.open, path, code: Self.refusal)
    }
  }

  func makeFolder(_ path: String) throws(FileError) { throw FileError(.makeFolder, path, code: Self.refusal) }

  func entries(of folder: String) throws(FileError) -> [FolderEntry] { try base.entries(of: folder) }

  func rename(_ source: String, to target: String) throws(FileError) {
    throw FileError(.rename, source, code: Self.refusal)
  }

  func link(_ source: String, to target: String) throws(FileError) {
    throw FileError(.link, source, code: Self.refusal)
  }

  func remove(_ path: String) throws(FileError) { throw FileError(.remove, path, code: Self.refusal) }

  func syncFolder(_ path: String) throws(FileError) { throw FileError(.syncFolder, path, code: Self.refusal) }
}
