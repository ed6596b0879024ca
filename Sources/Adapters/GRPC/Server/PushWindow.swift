/// What one Push stream does next: read, wait, or end. At most `limit` batches are with the use case at a time,
/// and no further one is read once they have `maximumBytes` or more: large batches are in memory several times over.
///
/// States: open (reads while there is room) -> ending, with a status (reads no more; leaves when nothing is in flight).
/// The first failure is what the client is told; a half-close is none: a batch before it may still fail the stream.
struct PushWindow {
  enum Next: Equatable {
    /// Read the next request; `requestArrived`, `requestsEnded` or `end` follows.
    case read
    /// Something is under way that will report.
    case wait
    case finish(GRPCStatus)
  }

  private let limit: Int
  private let maximumBytes: Int
  private var inFlight = 0
  private var bytesInFlight = 0
  private var isReading = false
  private var ending: GRPCStatus?

  init(limit: Int, maximumBytes: Int) {
    self.limit = limit
    self.maximumBytes = maximumBytes
  }

  mutating func next() -> Next {
    if let ending { return inFlight == 0 ? .finish(ending) : .wait }
    if isReading || inFlight >= limit || bytesInFlight >= maximumBytes { return .wait }
    isReading = true
    return .read
  }

  /// A request came and is with the use case now.
  ///
  /// - Returns: False if it came after the end: it is not taken, and the client sends it elsewhere.
  mutating func requestArrived(bytes: Int) -> Bool {
    isReading = false
    if ending != nil { return false }
    inFlight += 1
    bytesInFlight += bytes
    return true
  }

  /// The client has half-closed.
  mutating func requestsEnded() {
    isReading = false
    end(.ok)
  }

  /// One batch has its answer, sent or not.
  mutating func answered(bytes: Int) {
    inFlight -= 1
    bytesInFlight -= bytes
  }

  /// The stream ends once what is in flight is answered.
  mutating func end(_ status: GRPCStatus) {
    if ending == nil || ending == .ok { ending = status }
  }
}
