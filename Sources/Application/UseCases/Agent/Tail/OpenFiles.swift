/// The files that are open, so that a deleted one can be read to its end: a bounded number, the longest unused one is closed.
struct OpenFiles: Sendable {
  private let limit: Int
  private(set) var handles: [FileIdentity: any LogFile] = [:]
  /// Of the same files. Beside the handles, since the oldest of 512 is looked for with every file that is opened: to go over
  /// the handles for it counts a reference each, a sixth of what it takes to read 10,000 files.
  private var lastUses: [FileIdentity: Duration] = [:]

  init(limit: Int) { self.limit = limit }

  var count: Int { handles.count }

  /// - Returns: What is to be closed.
  mutating func keep(_ handle: any LogFile, of identity: FileIdentity, at now: Duration) -> [any LogFile] {
    handles[identity] = handle
    lastUses[identity] = now
    guard handles.count > limit, let oldest = lastUses.min(by: { $0.value < $1.value }) else { return [] }
    return remove(oldest.key)
  }

  mutating func remove(_ identity: FileIdentity) -> [any LogFile] {
    lastUses[identity] = nil
    return handles.removeValue(forKey: identity).map { [$0] } ?? []
  }

  mutating func removeUnused(since time: Duration) -> [any LogFile] {
    lastUses.filter { $0.value < time }.keys.flatMap { remove($0) }
  }

  mutating func removeAll() -> [any LogFile] {
    defer {
      handles.removeAll()
      lastUses.removeAll()
    }
    return Array(handles.values)
  }
}
