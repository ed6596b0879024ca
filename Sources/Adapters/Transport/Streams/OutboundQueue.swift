/// A head, a body and trailers on their way from a task to the loop, and the rules of their order. Pure; `StreamChannel`
/// adds the lock and the waiting.
struct OutboundQueue {
  /// Above this many bytes unsent, a writer waits.
  static let highMarkBytes = 1 << 20
  /// At this many, it goes on.
  static let lowMarkBytes = highMarkBytes / 2

  private enum Phase {
    /// Exits: `start`, `close`.
    case awaitingHead
    /// `left` is what the announced length still allows; nil if none was announced. Exits: `end`, `close`.
    case body(left: Int?)
    /// Exit: `close`.
    case ended
    case closed(TransportError)
  }

  private var phase: Phase
  private var pieces = PieceQueue()
  private var head: HTTPResponseHead?
  private var ending: OutboundOrders.Ending?
  /// Written and not yet with the kernel, wherever it waits.
  private(set) var unsentBytes = 0

  /// - Parameter awaitsHead: A server's answer begins with its head; a client's request has sent it already.
  init(awaitsHead: Bool) {
    phase = awaitsHead ? .awaitingHead : .body(left: nil)
  }

  var isFull: Bool { unsentBytes > Self.highMarkBytes }

  var isStarted: Bool { if case .awaitingHead = phase { false } else { true } }

  var isOpen: Bool {
    switch phase {
    case .awaitingHead, .body: true
    case .ended, .closed: false
    }
  }

  /// Why nothing can be written any more, if so.
  var closeReason: TransportError? { if case .closed(let reason) = phase { reason } else { nil } }

  mutating func start(_ response: HTTPResponseHead) throws(TransportError) {
    switch phase {
    case .awaitingHead: break
    case .body, .ended: throw .misuse(detail: "a second response head")
    case .closed(let reason): throw reason
    }
    try FieldRules.check(response)
    head = response
    phase = .body(left: response.contentLength)
  }

  mutating func write(_ bytes: [UInt8]) throws(TransportError) {
    switch phase {
    case .awaitingHead: throw .misuse(detail: "body bytes before the response head")
    case .ended: throw .misuse(detail: "body bytes after the end")
    case .closed(let reason): throw reason
    case .body(let left):
      if let left {
        if bytes.count > left { throw .misuse(detail: "a body longer than its announced length") }
        phase = .body(left: left - bytes.count)
      }
    }
    if bytes.isEmpty { return }
    pieces.append(bytes)
    unsentBytes += bytes.count
  }

  /// The last call: what was announced and not written makes the answer `.incomplete`.
  mutating func end(trailers: HTTPFields) throws(TransportError) {
    switch phase {
    case .awaitingHead: throw .misuse(detail: "the end before the response head")
    case .ended: throw .misuse(detail: "a second end")
    case .closed(let reason): throw reason
    case .body(let left):
      try FieldRules.check(trailers)
      let isWhole = (left ?? 0) == 0
      ending = isWhole ? .complete(trailers) : .incomplete
      phase = .ended
    }
  }

  /// The task ends the exchange here and now.
  mutating func abort(_ reason: TransportError) {
    if case .closed = phase { return }
    phase = .closed(reason)
    ending = .aborted
    pieces.removeAll()
  }

  /// The loop ends it: nothing will be sent any more.
  mutating func close(_ reason: TransportError) {
    if case .closed = phase { return }
    phase = .closed(reason)
    pieces.removeAll()
    head = nil
    ending = nil
  }

  /// Hands what was queued to the loop.
  mutating func takeOrders() -> OutboundOrders {
    defer {
      head = nil
      ending = nil
      pieces = PieceQueue()
    }
    return OutboundOrders(head: head, pieces: pieces, ending: ending)
  }

  mutating func didSend(_ count: Int) { unsentBytes -= count }
}
