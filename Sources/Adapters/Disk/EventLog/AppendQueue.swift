import Application
import Domain

/// The records of a partition that wait to be written, and who writes: a plain state machine.
///
/// One of the waiting callers writes a round for all that are queued then. Idle -> (a push) writing -> (end of a round) the
/// first of those that came meanwhile leads the next one, or idle again.
struct AppendQueue: Sendable {
  /// What a caller of `append` is told.
  enum Signal: Sendable {
    /// Write a round, which begins with your record.
    case lead
    case appended(Result<UInt64, EventLogError>)
    /// The queue is full: nothing was queued.
    case noRoom
  }

  struct Waiting: Sendable {
    let record: EncodedRecord
    /// Nil for the caller that leads.
    var continuation: CheckedContinuation<Signal, Never>?
  }

  /// Bytes of one round at most, so that the first of a long queue does not wait for all of it.
  static let roundBytes = 16 << 20

  private let limit: Int
  private var waiting: [Waiting] = []
  /// Bytes of records that wait or are being written.
  private(set) var bytes = 0
  private(set) var isWriting = false
  /// Whether some wait for the next round.
  var hasMore: Bool { !waiting.isEmpty }

  init(limit: Int) { self.limit = limit }

  /// - Returns: What to tell the caller at once; nil if its continuation was kept.
  mutating func push(_ record: EncodedRecord, _ continuation: CheckedContinuation<Signal, Never>) -> Signal? {
    // A record larger than the limit passes when nothing else is there.
    guard bytes == 0 || bytes + record.bytes.count <= limit else { return .noRoom }
    bytes += record.bytes.count
    waiting.append(Waiting(record: record, continuation: isWriting ? continuation : nil))
    if isWriting { return nil }
    isWriting = true
    return .lead
  }

  /// What the leader writes: its own record and those behind it.
  mutating func takeRound() -> [Waiting] {
    var count = 0
    var bytes = 0
    while count < waiting.count, count == 0 || bytes + waiting[count].record.bytes.count <= Self.roundBytes {
      bytes += waiting[count].record.bytes.count
      count += 1
    }
    let round = Array(waiting[..<count])
    waiting.removeFirst(count)
    return round
  }

  /// Ends a round.
  ///
  /// - Returns: Who leads the next one; nil if nobody waits.
  mutating func finish(_ round: [Waiting]) -> CheckedContinuation<Signal, Never>? {
    for waiting in round { bytes -= waiting.record.bytes.count }
    guard !waiting.isEmpty else {
      isWriting = false
      return nil
    }
    defer { waiting[0].continuation = nil }
    return waiting[0].continuation
  }
}
