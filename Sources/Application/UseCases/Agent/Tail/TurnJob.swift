import Domain

/// A file to read from where it was left.
struct TurnJob: Sendable {
  let found: FoundFile
  /// Open already; nil to open it.
  let handle: (any LogFile)?
  let source: FollowedSource?
  let memory: LineMemory
  /// Of the source that is begun, if there is none.
  let generation: Int
  /// Whether to compare the source's head first.
  let verifiesHead: Bool
  /// Whether, without a source, it may be a copy of a known one.
  let mayBeCopy: Bool
  /// Whether, without a source, to begin behind what is there.
  let startsAtEnd: Bool
  /// Bytes to read; more if there is not one whole event in them.
  let limit: Int
  /// The size that the file had when its rest had waited long enough: up to there all is given out.
  let restDueAt: UInt64?
}
