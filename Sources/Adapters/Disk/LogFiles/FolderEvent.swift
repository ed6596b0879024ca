/// Something that happened in a watched folder.
struct FolderEvent: Hashable, Sendable {
  /// The bits of inotify(7).
  struct Signs: OptionSet, Hashable, Sendable {
    let rawValue: UInt32

    static let modified = Signs(rawValue: 0x2)
    /// Permissions, times, number of names.
    static let attributes = Signs(rawValue: 0x4)
    static let movedFrom = Signs(rawValue: 0x40)
    static let movedTo = Signs(rawValue: 0x80)
    static let created = Signs(rawValue: 0x100)
    static let deleted = Signs(rawValue: 0x200)
    /// Of the folder itself.
    static let deletedSelf = Signs(rawValue: 0x400)
    static let movedSelf = Signs(rawValue: 0x800)
    static let unmounted = Signs(rawValue: 0x2000)
    /// Events were lost.
    static let overflow = Signs(rawValue: 0x4000)
    /// The watch ended.
    static let ignored = Signs(rawValue: 0x8000)
    /// The name is that of a folder.
    static let folder = Signs(rawValue: 0x4000_0000)
  }

  /// What `FolderEvents.watch` gave; -1 for an overflow.
  let watch: Int32
  let signs: Signs
  /// Empty if it is about the folder itself.
  let name: String
}
