extension HTTP1ServerConnection {
  /// A body whose rest is at most this is read to its end after an early answer, and the connection kept; a longer one
  /// ends it.
  private static let maxUnreadBytesToKeepAlive = 64 << 10

  /// Gives a request to the handler.
  func begin(_ request: HTTPRequestHead) {
    let exchange = HTTP1ServerExchange(request: request, connection: self)
    self.exchange = exchange
    liveHandlers += 1
    server.counters.exchangeBegan()
    let server = server
    exchange.task = Task(executorPreference: loop.tasks) {
      await server.handler(exchange)
      // Counted here and not by the connection, which may be gone by now.
      server.counters.exchangeEnded()
      exchange.handlerReturned()
    }
  }

  /// Does what the exchange's task asked for.
  func serve(_ exchange: HTTP1ServerExchange, _ orders: StreamChannel.Orders) {
    if orders.isHandlerDone { liveHandlers -= 1 }
    guard !isClosed, self.exchange === exchange else { return }
    if case .aborted = orders.outbound.ending { return close(.cancelled) }
    bodyWasTaken(orders)
    if let head = orders.outbound.head { start(head, orders.outbound) }
    if !orders.outbound.pieces.isEmpty { send(orders.outbound.pieces) }
    switch orders.outbound.ending {
    case .complete(let trailers): endAnswer(trailers)
    case .incomplete: breakOff()
    case .aborted, nil: if orders.isHandlerDone { handlerLeftOpen() }
    }
  }

  private func handlerLeftOpen() {
    if hasStartedAnswer { return breakOff() }
    start(HTTPResponseHead(status: 500, contentLength: 0), OutboundOrders(pieces: PieceQueue()))
    endAnswer([:])
  }

  private func start(_ response: HTTPResponseHead, _ orders: OutboundOrders) {
    hasStartedAnswer = true
    // What the client would still have to send: unknown for chunked bodies, nothing yet if it waits for our 100.
    let unread = phase == .complete ? 0 : parser.isChunked ? Int.max : parser.bodyLeft ?? 0
    keepsAlive =
      requestAllowsKeepAlive && !isDraining && !awaitsContinue && unread <= Self.maxUnreadBytesToKeepAlive
    framing = framing(of: response, orders)
    let head = HTTP1ResponseHead.encode(
      status: response.status, fields: response.fields, framing: framing, announcedLength: response.contentLength,
      keepsAlive: keepsAlive && framing != .untilClose, date: loop.date)
    if framing == .untilClose { keepsAlive = false }
    enqueue(head)
    markDirty()
  }

  private func framing(of response: HTTPResponseHead, _ orders: OutboundOrders) -> HTTP1BodyFraming {
    if exchange?.request.method == "HEAD" || response.status == 204 || response.status == 304 { return .none }
    if let length = response.contentLength { return .length(length) }
    // The whole answer is here already: its length is known after all.
    if case .complete(let trailers) = orders.ending, trailers.fields.isEmpty { return .length(orders.pieces.count) }
    return exchange?.request.version == .http1_0 ? .untilClose : .chunked
  }

  private func send(_ pieces: PieceQueue) {
    if framing == .none {
      exchange?.channel.didSend(pieces.count)
      return
    }
    uncreditedBytes += pieces.count
    var pieces = pieces
    let isChunked = framing == .chunked
    pieces.consume(pieces.count) { piece, start, count in
      if isChunked { enqueue(String(count, radix: 16) + "\r\n") }
      socket.enqueue(piece, from: start, count: count)
      if isChunked { socket.enqueue("\r\n") }
    }
    markDirty()
  }

  private func endAnswer(_ trailers: HTTPFields) {
    if framing == .chunked {
      socket.enqueue("0\r\n")
      for field in trailers.fields { enqueue("\(field.name): \(field.value)\r\n") }
      socket.enqueue("\r\n")
    }
    hasEndedAnswer = true
    markDirty()
    endExchange(.closedByPeer(detail: "the exchange is over"), isCancelled: false)
    if phase == .body, keepsAlive {
      discardAllowance = Self.maxUnreadBytesToKeepAlive + EventLoop.readBufferBytes
      isInputPaused = false
      readOnIfPossible()
    }
  }

  /// The client must not take what it got for a whole answer.
  private func breakOff() {
    closesAfterFlush = true
    markDirty()
  }

  private func enqueue(_ text: String) {
    enqueue(Array(text.utf8))
  }

  private func enqueue(_ bytes: [UInt8]) {
    socket.enqueue(bytes, from: 0, count: bytes.count)
  }

  /// Answers a request that is not sound, or too slow, as far as that is still possible, and ends the connection.
  func refuse(_ status: Int) {
    let isTimeout = status == 408
    if isTimeout { server.counters.timeoutCame() } else { server.counters.protocolErrorCame() }
    endExchange(
      isTimeout
        ? .timedOut(detail: "the client sends too slowly")
        : .protocolViolation(detail: "refused with status \(status)"),
      isCancelled: true)
    if hasStartedAnswer && !hasEndedAnswer { return breakOff() }
    keepsAlive = false
    if !hasEndedAnswer {
      hasStartedAnswer = true
      hasEndedAnswer = true
      let head = HTTP1ResponseHead.encode(
        status: status, fields: [:], framing: .length(0), announcedLength: nil, keepsAlive: false, date: loop.date)
      enqueue(head)
    }
    linger()
  }

  private func linger() {
    enter(.lingering)
    isInputPaused = false
    rest = []
    discardAllowance = server.limits.maxLingerBytes
    markDirty()
  }

  // MARK: Bytes out

  func pumpAnswer() {
    let before = socket.queuedBytes
    if case .failed(let detail) = socket.flush() { return close(.closedByPeer(detail: detail)) }
    let queued = socket.queuedBytes
    if queued < before { lastProgress = loop.now }
    creditSent(queued)
    if closesAfterFlush {
      if queued == 0 { close(.cancelled) }
    } else if phase == .lingering {
      shutDownAfterFlush(queued)
    } else if hasEndedAnswer, !keepsAlive {
      if queued == 0 { endAfterLastAnswer() }
    } else if hasEndedAnswer, phase == .complete, queued < OutboundQueue.highMarkBytes {
      beginNextRequest()
    }
  }

  /// Queued bytes are heads and chunk frames too, so this credits late rather than early.
  private func creditSent(_ queued: Int) {
    let sent = uncreditedBytes - min(uncreditedBytes, queued)
    if sent == 0 { return }
    uncreditedBytes -= sent
    exchange?.channel.didSend(sent)
  }

  private func shutDownAfterFlush(_ queued: Int) {
    guard queued == 0, !hasShutDown else { return }
    hasShutDown = true
    socket.shutDownWrites()
    if socket.hasPeerClosed { return close(.cancelled) }
    readOnIfPossible()
  }

  /// Closing a socket that holds unread bytes sends a reset, which can overtake the answer.
  private func endAfterLastAnswer() {
    if phase == .complete, rest.isEmpty, !hasOpenEdge { return close(.cancelled) }
    hasOpenEdge = true
    linger()
  }

  private func beginNextRequest() {
    enter(.idle)
    hasStartedAnswer = false
    hasEndedAnswer = false
    awaitsContinue = false
    isInputPaused = false
    queuedBytes = 0
    uncreditedBytes = 0
    scanner = .head
    rate = Self.meter(server.limits)
    parser.beginNext()
    if !rest.isEmpty {
      let bytes = rest
      rest = []
      unsafe bytes.withUnsafeBytes { unsafe feed($0) }
    }
    if isClosed { return }
    if isDraining, phase == .idle { return close(.cancelled) }
    if socket.hasPeerClosed, exchange != nil { loop.settleLater(self) }
    readOnIfPossible()
  }
}
