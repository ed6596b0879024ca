/// A body on its way from the loop to a task: what arrived and was not taken, and how it ended. Pure; `StreamChannel` adds
/// the lock and the waiting.
struct InboundQueue {
  enum Take: Equatable {
    case piece([UInt8])
    /// The body is complete and all of it was taken.
    case end
    case failed(TransportError)
    /// Nothing there yet.
    case wait
  }

  private enum End {
    case open
    case complete
    case failed(TransportError)
  }

  /// Pieces below this are merged, so that a peer's one-byte frames cost us bytes, not arrays.
  static let mergeLimitBytes = 16 << 10

  private var pieces = PieceQueue()
  private var end = End.open
  /// Taken since `settleTaken`: to be given back to the sender's flow control.
  private(set) var takenBytes = 0
  /// Somebody asked for the body (sends `100 Continue` on its way).
  private(set) var isWanted = false
  private(set) var trailers = HTTPFields()

  var queuedBytes: Int { pieces.count }

  /// `take` would not answer `.wait`.
  var hasNews: Bool { pieces.count > 0 || hasEnded }

  /// No byte will come any more.
  var hasEnded: Bool { if case .open = end { false } else { true } }

  mutating func append(_ bytes: [UInt8]) {
    if hasEnded || bytes.isEmpty { return }
    if !pieces.mergeIntoLast(bytes, limit: Self.mergeLimitBytes) { pieces.append(bytes) }
  }

  mutating func take() -> Take {
    isWanted = true
    if case .failed(let error) = end { return .failed(error) }
    if let piece = pieces.popFirst() {
      takenBytes += piece.count
      return .piece(piece)
    }
    if case .complete = end { return .end }
    return .wait
  }

  mutating func settleTaken() -> Int {
    defer { takenBytes = 0 }
    return takenBytes
  }

  mutating func complete(trailers: HTTPFields) {
    if hasEnded { return }
    self.trailers = trailers
    end = .complete
  }

  /// What was not taken is dropped: half a body is of no use. A complete body stays readable.
  mutating func fail(_ error: TransportError) {
    if hasEnded { return }
    end = .failed(error)
    pieces.removeAll()
  }

  /// As `fail`, also when the body was complete: for a reader that gave up.
  mutating func discard(_ error: TransportError) {
    if case .failed = end { return }
    end = .failed(error)
    pieces.removeAll()
  }
}
