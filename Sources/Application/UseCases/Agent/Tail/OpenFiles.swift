/// The files that are open, so that a deleted one can be read to its end: a bounded number, the longest unused one is closed.
struct OpenFiles: Sendable {
  private struct Entry: Sendable {
    let handle: any LogFile
    var lastUse: Duration
  }

  private let limit: Int
  private var entries: [FileIdentity: Entry] = [:]

  init(limit: Int) { self.limit = limit }

  var count: Int { entries.count }
  var handles: [FileIdentity: any LogFile] { entries.mapValues(\.handle) }

  /// - Returns: What is to be closed.
  mutating func keep(_ handle: any LogFile, of identity: FileIdentity, at now: Duration) -> [any LogFile] {
    entries[identity] = Entry(handle: handle, lastUse: now)
    guard entries.count > limit, let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) else {
      return []
    }
    entries[oldest.key] = nil
    return [oldest.value.handle]
  }

  mutating func remove(_ identity: FileIdentity) -> [any LogFile] {
    entries.removeValue(forKey: identity).map { [$0.handle] } ?? []
  }

  mutating func removeUnused(since time: Duration) -> [any LogFile] {
    let unused = entries.filter { $0.value.lastUse < time }
    for identity in unused.keys { entries[identity] = nil }
    return unused.values.map(\.handle)
  }

  mutating func removeAll() -> [any LogFile] {
    defer { entries.removeAll() }
    return entries.values.map(\.handle)
  }
}
