extension FileSystem {
  /// Makes a folder and those above it that are missing, each durable in the one that holds it.
  func makeFolders(_ path: String) throws(FileError) {
    do throws(FileError) {
      try makeFolder(path)
    } catch {
      switch error.kind {
      case .exists: return
      case .notFound:
        guard let parent = FilePath.parent(of: path), parent != path else { throw error }
        try makeFolders(parent)
        do throws(FileError) { try makeFolder(path) } catch { if error.kind != .exists { throw error } }
      case .full, .unsuitableName, .notPermitted, .other: throw error
      }
    }
    // A folder that another thread made just now is synced again: its maker may not be there yet.
    try syncFolder(FilePath.parent(of: path) ?? ".")
  }

  /// Writes a whole file: after a crash it has the old content or the new one.
  func replace(_ path: String, with bytes: [UInt8]) throws(FileError) {
    let draft = path + FilePath.draftSuffix
    let file = try open(draft, .replace)
    try file.write(bytes.span, at: 0)
    try file.sync()
    try rename(draft, to: path)
    try syncFolder(FilePath.parent(of: path) ?? ".")
  }

  /// Removes what a crash left of `replace` in a folder.
  func removeDrafts(in folder: String) throws(FileError) {
    for entry in try entries(of: folder) where entry.name.hasSuffix(FilePath.draftSuffix) && !entry.isFolder {
      try remove(folder + "/" + entry.name)
    }
  }
}
