/// Keeps a folder to one process: an advisory lock on a file `lock` in it, which the kernel drops with the process.
struct FolderLock: Sendable {
  static let fileName = "lock"

  private let file: any File

  /// - Parameter mode: `.read` for a lock file that must be there.
  /// - Returns: Nil if another process, or another part of this one, has the folder.
  init?(_ folder: String, _ files: some FileSystem, _ mode: OpenMode = .create) throws(FileError) {
    file = try files.open(folder + "/" + Self.fileName, mode)
    guard try file.lock() else { return nil }
  }

  static func explanation(_ folder: String) -> String {
    "'\(folder)/\(fileName)' is held: another process has this folder; stop it, or use another folder"
  }
}
