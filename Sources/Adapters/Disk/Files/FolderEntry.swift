/// A name in a folder.
struct FolderEntry: Hashable, Sendable {
  let name: String
  let isFolder: Bool
}
