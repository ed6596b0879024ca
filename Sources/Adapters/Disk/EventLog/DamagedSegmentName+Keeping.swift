extension DamagedSegmentName {
  /// Gives a segment a second name, which trimming does not take away. Blocks.
  ///
  /// - Returns: The name, also if the segment has it already.
  static func keep(_ base: UInt64, in folder: String, _ files: any FileSystem) throws(FileError) -> String {
    let name = text(base)
    do throws(FileError) { try files.link(folder + "/" + SegmentName.text(base), to: folder + "/" + name) } catch {
      if error.kind != .exists { throw error }
    }
    try files.syncFolder(folder)
    return name
  }

  /// Leaves an empty file that says which segment should be there. Blocks.
  static func noteMissing(_ base: UInt64, in folder: String, _ files: any FileSystem) throws(FileError) -> String {
    let name = missing(base)
    try files.replace(folder + "/" + name, with: [])
    return name
  }

  /// Takes a segment away from the log. Blocks; the new name is durable once the folder is synced.
  static func setAside(_ base: UInt64, in folder: String, _ files: any FileSystem) throws(FileError) -> String {
    let name = text(base)
    try files.rename(folder + "/" + SegmentName.text(base), to: folder + "/" + name)
    return name
  }
}
