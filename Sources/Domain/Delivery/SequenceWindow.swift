/// The newest sequence of one producer in one stream, and a digest of each of those behind it that were taken.
///
/// A function of the log alone: the same records give the same verdicts, whoever reads them (DESIGN section 4, rule 4).
package struct SequenceWindow: Hashable, Sendable {
  /// Sequences behind the newest that are remembered. An agent keeps newest sent less oldest unacked under half of it.
  package static let width: UInt64 = 1_024
  /// How long after its last append a window is remembered; a batch first sent longer ago is not taken.
  package static let lifetime = Duration.seconds(7 * 86_400)

  package enum Verdict: Hashable, Sendable {
    /// New: its events count.
    case taken
    /// Seen before with the same content: dropped.
    case duplicate
    /// Seen before with other content.
    case conflict
    /// Behind the window: it may have been taken already.
    case behindWindow
    /// First sent so long ago that a window which held it may have expired.
    case expired
  }

  /// Nil until a batch was taken.
  package internal(set) var newest: UInt64?
  package internal(set) var lastAppend: Timestamp = .distantPast
  /// Digests of sequences from `first` on; nil where none was taken. At most twice `width`, cut back to it then.
  var digests: [UInt32?] = []
  var first: UInt64 = 0

  package init() {}

  /// Judges one batch and remembers it.
  ///
  /// - Parameters:
  ///   - appended: When the log took the record, by the log's clock.
  ///   - firstSent: When its sender first sent it.
  package mutating func judge(
    sequence: UInt64, digest: UInt32, firstSent: Timestamp, appended: Timestamp
  ) -> Verdict {
    if hasExpired(at: appended) { self = SequenceWindow() }
    // Refused batches keep a window alive too.
    if newest != nil { lastAppend = max(lastAppend, appended) }
    let known = self.digest(of: sequence)
    if known == digest { return .duplicate }
    if appended.duration(since: firstSent) > Self.lifetime { return .expired }
    if known != nil { return .conflict }
    if let newest, newest >= Self.width, sequence <= newest - Self.width { return .behindWindow }
    lastAppend = max(lastAppend, appended)
    remember(sequence, digest)
    return .taken
  }

  package func hasExpired(at time: Timestamp) -> Bool {
    newest != nil && time.duration(since: lastAppend) > Self.lifetime
  }

  /// The digest remembered for `sequence`; nil if none is, or it is behind the window.
  package func digest(of sequence: UInt64) -> UInt32? {
    guard let newest, sequence <= newest, sequence >= first, newest - sequence < Self.width else { return nil }
    let offset = Int(sequence - first)
    return offset < digests.count ? digests[offset] : nil
  }

  /// What is remembered, oldest first.
  package var entries: [(sequence: UInt64, digest: UInt32)] {
    digests.enumerated().compactMap { offset, digest in
      let sequence = first + UInt64(offset)
      guard let digest, let newest, newest - sequence < Self.width else { return nil }
      return (sequence, digest)
    }
  }

  /// Takes over what a flush changed: how an index folds changes into what it stores.
  package mutating func apply(_ change: WindowChange) {
    if change.startsAnew { self = SequenceWindow() }
    for entry in change.added { remember(entry.sequence, entry.digest) }
    lastAppend = max(lastAppend, change.lastAppend)
  }

  private mutating func remember(_ sequence: UInt64, _ digest: UInt32) {
    if let newest, sequence <= newest {
      guard newest - sequence < Self.width else { return }
      if sequence < first {
        digests.insert(contentsOf: [UInt32?](repeating: nil, count: Int(first - sequence)), at: 0)
        first = sequence
      }
      digests[Int(sequence - first)] = digest
      return
    }
    if newest == nil || sequence - first >= 2 * Self.width { dropBehind(sequence) }
    while first + UInt64(digests.count) < sequence { digests.append(nil) }
    digests.append(digest)
    newest = sequence
  }

  /// Cuts what lies behind the window once `sequence` is the newest.
  private mutating func dropBehind(_ sequence: UInt64) {
    let keepFrom = sequence >= Self.width ? sequence - Self.width + 1 : 0
    if newest == nil || keepFrom >= first + UInt64(digests.count) {
      digests.removeAll(keepingCapacity: true)
      first = newest == nil ? sequence : keepFrom
    } else if keepFrom > first {
      digests.removeFirst(Int(keepFrom - first))
      first = keepFrom
    }
  }
}
