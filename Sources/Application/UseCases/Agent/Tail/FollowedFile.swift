import Domain

/// What is remembered of a followed file between two reads: no content.
struct FollowedFile: Sendable {
  /// A piece at the end that may go on: a line without its end, lines that may belong to the next.
  struct Rest: Hashable, Sendable {
    /// The file's size when it was seen.
    let size: UInt64
    /// When the file had that size first.
    let since: Duration
    /// Whether its last line is whole.
    let endsWithLine: Bool
  }

  /// Begins like another source that is still there: it may be a copy of it, made before that one is truncated.
  struct Hold: Hashable, Sendable {
    let since: Duration
    let size: UInt64
    let lastGrowth: Duration
    /// Whether so much is alike that it is a copy, though maybe not yet whole.
    let isCopy: Bool
  }

  /// As it was seen last, by whatever looked.
  private(set) var found: FoundFile
  /// The largest size that was seen of its present content.
  private var seenSize: UInt64
  /// Nil until its first entry is cut.
  var source: FollowedSource?
  var memory = LineMemory()
  /// The next source of this file's identity.
  var generation = 0
  var rest: Rest?
  var hold: Hold?
  /// Whether it has been taken for a file of its own.
  var isOriginal = false
  /// Whether, without a source, it is begun behind what is there.
  var startsAtEnd = false
  /// Whether its content was compared with the source's head since the agent began.
  var isVerified = false
  /// Whether no name of it is found any more.
  var isMissing = false
  /// Whether it had none when it was read last.
  var isDeleted = false
  /// When it was last seen to change.
  var lastChange: Duration

  init(_ found: FoundFile, at now: Duration) {
    self.found = found
    seenSize = found.size
    lastChange = now
  }

  mutating func notice(_ found: FoundFile, at now: Duration) {
    if found.size != self.found.size { lastChange = now }
    self.found = found
    seenSize = max(seenSize, found.size)
  }

  mutating func notice(size: UInt64, at now: Duration) {
    let found = FoundFile(
      identity: found.identity, path: found.path, size: size, isMatched: found.isMatched, obstacle: found.obstacle)
    notice(found, at: now)
  }

  /// What it had is another source's now.
  mutating func forgetContent() {
    source = nil
    memory = LineMemory()
    rest = nil
    isOriginal = false
    isVerified = true
    seenSize = 0
  }

  var offset: UInt64 { source?.offset ?? 0 }
  /// Seen of its present content, and not read; more than `unreadBytes` after it was truncated.
  var missedBytes: UInt64 { seenSize > offset ? seenSize - offset : 0 }
  /// As far as is known.
  var unreadBytes: UInt64 { found.size > offset ? found.size - offset : 0 }
}
