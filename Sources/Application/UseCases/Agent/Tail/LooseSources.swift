/// Known sources of which no file is known: deleted, truncated, or not found yet.
struct LooseSources: Sendable {
  private struct Entry: Sendable {
    var source: FollowedSource
    let since: Duration
    /// Bytes that were seen behind its offset: lost, unless a copy of the file turns up.
    var unread: UInt64
  }

  private var entries: [FollowedName: Entry] = [:]
  private var byIdentity: [FileIdentity: Set<FollowedName>] = [:]

  var sources: [FollowedSource] { entries.values.map(\.source) }
  var identities: Set<FileIdentity> { Set(byIdentity.keys) }

  mutating func add(_ source: FollowedSource, unread: UInt64 = 0, at now: Duration) {
    entries[source.name] = Entry(source: source, since: now, unread: unread)
    byIdentity[source.name.identity, default: []].insert(source.name)
  }

  func newest(of identity: FileIdentity) -> FollowedName? {
    byIdentity[identity]?.max { $0.generation < $1.generation }
  }

  /// Nil if it is not among them.
  mutating func take(_ name: FollowedName) -> FollowedSource? {
    guard let entry = entries.removeValue(forKey: name) else { return nil }
    byIdentity[name.identity]?.remove(name)
    if byIdentity[name.identity]?.isEmpty == true { byIdentity[name.identity] = nil }
    return entry.source
  }

  /// No copy has turned up for so long: their unread bytes are lost. Each is told once.
  mutating func expireUnread(at now: Duration, after patience: Duration) -> [(path: String, bytes: UInt64)] {
    var lost: [(path: String, bytes: UInt64)] = []
    for (name, entry) in entries where entry.unread > 0 && now - entry.since >= patience {
      lost.append((name.path, entry.unread))
      entries[name]?.unread = 0
    }
    return lost
  }

  func expired(at now: Duration, after patience: Duration) -> Set<SourceID> {
    Set(entries.filter { now - $0.value.since >= patience }.map(\.key.id))
  }

  mutating func remove(_ sources: Set<SourceID>) {
    for name in entries.keys where sources.contains(name.id) { _ = take(name) }
  }
}
