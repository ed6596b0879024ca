/// A source and how far it is cut.
struct FollowedSource: Hashable, Sendable {
  let name: FollowedName
  /// Bytes from the start that are in the journal or acknowledged.
  var offset: UInt64
  /// Checksum of the bytes before `offset`: see `FileFingerprint.anchor`.
  var anchor: UInt32
  /// How its first `FileFingerprint.maximumBytes` look, once there are so many and they were seen: tells files apart whose
  /// short heads are alike.
  var longHead: UInt32?

  init(name: FollowedName, offset: UInt64, anchor: UInt32, longHead: UInt32? = nil) {
    self.name = name
    self.offset = offset
    self.anchor = anchor
    self.longHead = longHead
  }

  /// Nil for a source of the journal that is no followed file.
  init?(_ source: JournaledSource) {
    guard let name = FollowedName(source.id) else { return nil }
    let isLong = name.head.length == FileFingerprint.maximumBytes
    self.init(
      name: name, offset: source.end.offset, anchor: source.end.checksum, longHead: isLong ? name.head.checksum : nil)
  }

  var checkpoint: SourceCheckpoint { SourceCheckpoint(offset: offset, checksum: anchor) }
}
