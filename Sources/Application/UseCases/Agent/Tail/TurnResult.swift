import Domain

/// What a turn of a file came to.
struct TurnResult: Sendable {
  enum End: Sendable {
    /// Read as far as there were whole events, or room.
    case read
    /// The content is not that of its source any more.
    case replaced
    /// It has the content of another source up to where that one was read.
    case copy(FollowedName)
    /// It begins like other sources, and is not yet as long as they were read.
    ///
    /// - Parameter isCopy: So much is alike that it cannot be by chance.
    case growingCopy(of: [FollowedName], isCopy: Bool)
    /// Another file or none is there.
    case gone
    case failed(FoundFile.Obstacle)
    /// To be tried again soon: no handle, no answer.
    case unavailable(reason: String)
  }

  let identity: FileIdentity
  var end: End
  var handle: (any LogFile)?
  var source: FollowedSource?
  var memory: LineMemory
  /// When it was looked at.
  var size: UInt64 = 0
  var isDeleted = false
  /// Whether an incomplete piece is left at the end, and whether that ends with a line's end.
  var rest: (size: UInt64, endsWithLine: Bool)?
  /// More can be read at once.
  var hasMore = false
  var bytes = 0
  var events = 0
  /// Events that no batch can hold.
  var oversizedEvents = 0

  init(_ job: TurnJob, _ end: End = .read) {
    identity = job.found.identity
    self.end = end
    handle = job.handle
    source = job.source
    memory = job.memory
  }
}
