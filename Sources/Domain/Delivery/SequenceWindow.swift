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
  /// Of the sequences from `first` up to `newest`, those that were taken.
  var digests = DigestRing()
  /// Nothing before it is remembered; less than `width` behind `newest`.
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
    guard let newest, sequence <= newest, sequence >= first else { return nil }
    return digests[sequence]
  }

  /// What is remembered, oldest first.
  package var entries: [(sequence: UInt64, digest: UInt32)] {
    guard let newest else { return [] }
    return (first...newest).compactMap { sequence in digests[sequence].map { (sequence, $0) } }
  }

  /// Takes over what a flush changed: how an index folds changes into what it stores.
  package mutating func apply(_ change: WindowChange) {
    if change.startsAnew { self = SequenceWindow() }
    for entry in change.added { remember(entry.sequence, entry.digest) }
    lastAppend = max(lastAppend, change.lastAppend)
  }

  private mutating func remember(_ sequence: UInt64, _ digest: UInt32) {
    guard let newest else { return begin(with: sequence, digest) }
    if sequence > newest {
      let start = sequence >= Self.width ? sequence - Self.width + 1 : 0
      guard start <= newest else { return begin(with: sequence, digest) }
      forget(before: start)
      makeRoom(from: first, to: sequence)
      self.newest = sequence
    } else {
      guard newest - sequence < Self.width else { return }
      makeRoom(from: min(first, sequence), to: newest)
      first = min(first, sequence)
    }
    digests.set(sequence, to: digest)
  }

  /// All that was known lies behind the window of `sequence`.
  private mutating func begin(with sequence: UInt64, _ digest: UInt32) {
    digests = DigestRing(span: 1)
    digests.set(sequence, to: digest)
    first = sequence
    newest = sequence
  }

  private mutating func forget(before start: UInt64) {
    if start <= first { return }
    for sequence in first..<start { digests.clear(sequence) }
    first = start
  }

  private mutating func makeRoom(from lowest: UInt64, to highest: UInt64) {
    let span = highest - lowest + 1
    if span <= digests.capacity { return }
    var larger = DigestRing(span: span)
    for (sequence, digest) in entries { larger.set(sequence, to: digest) }
    digests = larger
  }
}

/// Windows are equal that judge alike, however they came about.
extension SequenceWindow {
  package static func == (left: SequenceWindow, right: SequenceWindow) -> Bool {
    left.newest == right.newest && left.lastAppend == right.lastAppend
      && left.entries.elementsEqual(right.entries) { $0.sequence == $1.sequence && $0.digest == $1.digest }
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(newest)
    hasher.combine(lastAppend)
  }
}
