import Domain

/// What a followed source is called in the journal, for ever: what it was when its first entry was cut.
///
/// A file that is truncated and written anew, or one that gets the inode number of a deleted one, is another source.
struct FollowedName: Hashable, Sendable {
  /// Before the fields of a name, to tell it from what an import calls its sources.
  private static let prefix = "file"

  /// Of the file in which the source was first seen. A rotation's copy goes on with the source in another file.
  let identity: FileIdentity
  /// How the content began then.
  let head: FileFingerprint
  /// From 0; one more each time that the file of this identity was found to have other content.
  let generation: Int
  /// Where it was first seen.
  let path: String

  init(identity: FileIdentity, head: FileFingerprint, generation: Int, path: String) {
    self.identity = identity
    self.head = head
    self.generation = generation
    self.path = path
  }

  /// Nil for a source that is no followed file.
  init?(_ id: SourceID) {
    let parts = id.text.split(separator: ":", maxSplits: 6, omittingEmptySubsequences: false)
    guard parts.count == 7, parts[0] == Self.prefix, let inode = UInt64(parts[1]), let birth = Int64(parts[2]),
      let length = Int(parts[3]), let checksum = UInt32(parts[4]), let generation = Int(parts[5])
    else { return nil }
    self.init(
      identity: FileIdentity(inode: inode, birth: birth), head: FileFingerprint(length: length, checksum: checksum),
      generation: generation, path: String(parts[6]))
  }

  /// `file:inode:birth:head length:head checksum:generation:path`.
  var id: SourceID {
    let text =
      "\(Self.prefix):\(identity.inode):\(identity.birth):\(head.length):\(head.checksum):\(generation):\(path)"
    // A path over PATH_MAX cannot be opened; should a file system have one all the same, its end tells files apart.
    let name = SourceID(text) ?? SourceID(String(repairing: Array(text.utf8.suffix(SourceID.maximumBytes)).span))
    guard let name else { preconditionFailure("a name of at most the limit is a source's") }
    return name
  }
}
