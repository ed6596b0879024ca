/// The names in a folder.
struct FolderListing: Sendable {
  struct Entry: Hashable, Sendable {
    let name: String
    /// Of the entry itself, which may be a link.
    let inode: UInt64
    let kind: FileKind
  }

  var entries: [Entry] = []
  /// Names that are not UTF-8, and so cannot be told.
  var illFormedNames = 0
}
