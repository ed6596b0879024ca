/// The server's end of an HTTP/1.1 connection: one request at a time, the next one (pipelined or not) after the answer.
///
/// Reading is in `+Reading`, answering in `+Answering`, the time-outs in `+Timeouts`.
final class HTTP1ServerConnection: LoopConnection, ServerConnection {
  /// Where the connection is in the life of one request.
  enum Phase {
    /// Nothing of a request has come. Exits: `head` with its first byte.
    case idle
    /// Exits: `body` when the head is whole; `lingering` when it is refused.
    case head
    /// Exits: `complete` with the message's last byte; `lingering` when the answer ended before and the rest is long, or
    /// the body is refused.
    case body
    /// All of the request is here. Exits: `idle` after the answer, `lingering` if the connection ends with it.
    case complete
    /// The last answer is queued; what still comes is read and dropped, so that the client sees the answer and no reset.
    /// Exit: the close.
    case lingering
  }

  let server: ServerContext
  var phase = Phase.idle
  /// Milliseconds; of the phase's start, for its time-out.
  var phaseSince: UInt64

  // Reading.

  /// Set in `init`; the parser's delegate is this connection.
  private(set) var parser: HTTP1Parser!
  /// Nil between the head's end and the trailers.
  var scanner: HTTP1LineScanner? = .head
  /// Bytes of later requests, behind the one that is served.
  var rest: [UInt8] = []
  /// Bytes of the body from this turn's read, not yet with the exchange.
  var arriving: [UInt8] = []
  /// Where the bytes end that the parser is given, for `arriving`'s capacity.
  var bytesToParse = 0
  var queuedBytes = 0
  var isInputPaused = false
  /// The socket may have bytes that nobody wanted yet; no further edge will tell.
  var hasOpenEdge = false
  var rate: BodyRateMeter
  /// What a client may still send of a body that nobody reads.
  var discardAllowance = 0

  // Answering.

  var exchange: HTTP1ServerExchange?
  var liveHandlers = 0
  var framing = HTTP1BodyFraming.none
  var hasStartedAnswer = false
  var hasEndedAnswer = false
  /// The client waits for `100 Continue` before its body.
  var awaitsContinue = false
  var requestAllowsKeepAlive = false
  var keepsAlive = true
  /// Body bytes in the socket's queue that the exchange still counts as unsent.
  var uncreditedBytes = 0
  /// The answer broke off: the connection ends when what is queued is sent.
  var closesAfterFlush = false
  var hasShutDown = false
  var isDraining = false

  // Time-outs.

  var lastSweep: UInt64
  var lastProgress: UInt64
  var hasPolledPeer = false

  init(loop: EventLoop, socket: Socket, server: ServerContext) {
    self.server = server
    phaseSince = loop.now
    lastSweep = loop.now
    lastProgress = loop.now
    rate = Self.meter(server.limits)
    super.init(loop: loop, socket: socket)
    parser = HTTP1Parser(.request, limits: server.limits.head, delegate: self)
  }

  static func meter(_ limits: HTTPServerLimits) -> BodyRateMeter {
    BodyRateMeter(minBytesPerSecond: limits.minBodyBytesPerSecond, window: limits.bodyRateWindow)
  }

  func enter(_ phase: Phase) {
    self.phase = phase
    phaseSince = loop.now
  }

  override func readable() { readBytes() }

  override func pump() { pumpAnswer() }

  override func sweep(_ now: UInt64) { checkTimeouts(now) }

  override func settle() { closeIfClientLeft() }

  override func drain() {
    isDraining = true
    if phase == .idle || phase == .head { close(.cancelled) }
  }

  override func didClose(_ reason: TransportError) {
    endExchange(reason, isCancelled: true)
    server.connectionClosed(reason)
  }

  /// The request is over for its task: answered, or broken off.
  func endExchange(_ reason: TransportError, isCancelled: Bool) {
    guard let ended = exchange else { return }
    exchange = nil
    // Before the cancellation, which would wake a waiting call with less to say.
    ended.channel.close(reason)
    if isCancelled {
      server.counters.exchangeWasCancelled()
      ended.task?.cancel()
    }
    ended.task = nil
  }
}
