/// What a Push stream has to send and what it waits for: callers queue; at most `limit` batches are on the wire.
///
/// A batch is queued -> sent -> answered. A caller that leaves takes its queued batch along; one that was sent keeps its
/// place until its answer comes, since the server has it.
///
/// A batch is queued together with who waits for it, so that no answer can come before its caller is known, however soon it
/// comes.
struct SendQueue<Caller> {
  private struct Entry {
    let identity: BatchIdentity
    /// Nil once it was told its answer, or left.
    var caller: Caller?
    /// Nil once it was sent.
    var frame: SendFrame?
    var deadline: Duration?
  }

  private let limit: Int
  private var entries: [Int: Entry] = [:]
  private var nextID = 0
  /// Not sent yet, oldest first. Callers that left are still listed, without an entry.
  private var queued: [Int] = []
  private var queuedHead = 0
  /// Sent and not answered, oldest first.
  private var sent: [BatchIdentity: [Int]] = [:]
  private var sentCount = 0

  init(limit: Int) { self.limit = limit }

  /// Whether `nextToSend` is worth a call.
  var hasWork: Bool { sentCount < limit && queuedHead < queued.count }

  /// The id under which a caller will queue its batch.
  mutating func reserve() -> Int {
    nextID += 1
    return nextID
  }

  /// From here on the batch may be sent and answered at any moment.
  mutating func add(_ identity: BatchIdentity, _ frame: SendFrame, as id: Int, for caller: Caller) {
    entries[id] = Entry(identity: identity, caller: caller, frame: frame)
    queued.append(id)
  }

  /// The next batch to send, if there is one and room for it.
  ///
  /// - Parameter deadline: When its answer is due, by the caller's clock.
  mutating func nextToSend(deadline: Duration) -> SendFrame? {
    while sentCount < limit, queuedHead < queued.count {
      let id = queued[queuedHead]
      queuedHead += 1
      if queuedHead == queued.count {
        queued.removeAll(keepingCapacity: true)
        queuedHead = 0
      } else if queuedHead >= 64, queuedHead * 2 > queued.count {
        // A queue that is never quite empty must not grow for ever.
        queued.removeFirst(queuedHead)
        queuedHead = 0
      }
      guard var entry = entries[id], let frame = entry.frame else { continue }
      entry.frame = nil
      entry.deadline = deadline
      entries[id] = entry
      sent[entry.identity, default: []].append(id)
      sentCount += 1
      return frame
    }
    return nil
  }

  /// - Returns: Whose answer this is; nil if nobody waits for it.
  mutating func answered(_ identity: BatchIdentity) -> Caller? {
    guard var ids = sent[identity] else { return nil }
    let id = ids.removeFirst()
    sent[identity] = ids.isEmpty ? nil : ids
    sentCount -= 1
    return entries.removeValue(forKey: id)?.caller
  }

  /// The caller does not wait any more.
  ///
  /// - Returns: The caller, if it waited until now.
  mutating func leave(_ id: Int) -> Caller? {
    guard let entry = entries[id] else { return nil }
    if entry.frame == nil { entries[id]?.caller = nil } else { entries[id] = nil }
    return entry.caller
  }

  /// Nothing will be sent or answered any more.
  ///
  /// - Returns: All who still waited.
  mutating func end() -> [Caller] {
    defer { entries = [:] }
    return entries.values.compactMap(\.caller)
  }

  /// When the first of the answers that are missing is due.
  var earliestDeadline: Duration? {
    entries.values.compactMap(\.deadline).min()
  }
}
