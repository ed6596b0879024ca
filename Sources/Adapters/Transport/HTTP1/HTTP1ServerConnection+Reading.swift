extension HTTP1ServerConnection {
  /// Bytes waiting for the handler, above which the socket is left alone; it goes on at half of it.
  static let inputHighMarkBytes = 128 << 10
  private static let minReadBytes = 32 << 10
  /// Reads in one turn, so that one busy connection leaves the others their share.
  private static let readsPerTurn = 6

  var wantsInput: Bool { !isInputPaused && rest.isEmpty && phase != .complete }

  func readBytes() {
    if isClosed { return }
    guard wantsInput else { return leaveEdgeOpen() }
    hasOpenEdge = false
    for _ in 0..<Self.readsPerTurn {
      // Never much more than the exchange's queue may still take.
      let room = max(Self.minReadBytes, EventLoop.readBufferBytes - queuedBytes)
      switch socket.receive(atMost: room) {
      case .bytes(let count):
        unsafe feed(UnsafeRawBufferPointer(rebasing: loop.readBuffer[..<count]))
        if isClosed { return }
        // A short read is the end for now, except that a reset may hide behind it: within a body the next read tells,
        // after a message the sweep.
        if count < room, !socket.hasPeerClosed, phase == .complete { return }
        if !wantsInput { return leaveEdgeOpen() }
      case .wouldBlock: return
      case .ended: return clientEnded()
      case .failed(let detail): return close(.closedByPeer(detail: detail))
      }
    }
    hasOpenEdge = true
    loop.readLater(self)
  }

  /// Bytes, or news of the peer, came while none are wanted: only tells a dead peer from waiting data.
  private func leaveEdgeOpen() {
    hasOpenEdge = true
    if socket.isBroken() { return close(.closedByPeer(detail: "the client reset the connection")) }
    if socket.hasPeerClosed { loop.settleLater(self) }
  }

  func readOnIfPossible() {
    if hasOpenEdge, wantsInput { loop.readLater(self) }
  }

  private func clientEnded() {
    switch phase {
    case .idle, .head: close(.closedByPeer(detail: "the client closed the connection"))
    case .body: close(.closedByPeer(detail: "the client closed the connection within a body"))
    // The answer may still be on its way out: `shutDownAfterFlush` closes.
    case .lingering: if socket.queuedBytes == 0 { close(.cancelled) }
    case .complete: loop.settleLater(self)
    }
  }

  /// A client that has closed its side does not wait for the answer, once handlers that had it ready were heard.
  func closeIfClientLeft() {
    guard !isClosed, socket.hasPeerClosed, exchange != nil, !hasEndedAnswer else { return }
    if phase == .complete { return close(.closedByPeer(detail: "the client left before the answer")) }
    // Within a body that the handler is slow to read: can its rest still be in the kernel?
    if let left = parser.bodyLeft, left > socket.waitingBytes {
      close(.closedByPeer(detail: "the client left within a body"))
    }
  }

  func feed(_ bytes: UnsafeRawBufferPointer) {
    if phase == .lingering {
      discardAllowance -= bytes.count
      if discardAllowance < 0 { close(.protocolViolation(detail: "the client does not stop sending")) }
      return
    }
    if phase == .idle { enter(.head) }
    if phase == .body { rate.received(bytes.count) }
    unsafe parse(bytes)
  }

  private func parse(_ bytes: UnsafeRawBufferPointer) {
    if let scanned = scanner {
      var scanner = scanned
      switch unsafe scanner.scan(bytes.bindMemory(to: UInt8.self).span) {
      case .fine: self.scanner = scanner
      case .ended: self.scanner = nil
      case .malformed: return refuse(400)
      }
    }
    bytesToParse = bytes.count
    let outcome = unsafe parser.execute(bytes)
    deliverArrived()
    switch outcome {
    case .needsMore: break
    case .trailersBegin(let used):
      scanner = .trailers
      if used < bytes.count { unsafe parse(UnsafeRawBufferPointer(rebasing: bytes[used...])) }
    case .messageEnded(let used):
      if used < bytes.count { unsafe rest.append(contentsOf: bytes[used...]) }
      markDirty()
    case .failed(let status): refuse(status)
    }
  }

  private func deliverArrived() {
    if arriving.isEmpty { return }
    let bytes = arriving
    arriving = []
    guard let exchange else { return }
    queuedBytes = exchange.channel.deliver(bytes)
    if queuedBytes >= Self.inputHighMarkBytes { isInputPaused = true }
  }

  /// What the exchange's task took since the loop last looked.
  func bodyWasTaken(_ orders: StreamChannel.Orders) {
    queuedBytes = orders.queuedBytes
    if orders.isBodyWanted, awaitsContinue, !hasStartedAnswer {
      awaitsContinue = false
      socket.enqueue("HTTP/1.1 100 Continue\r\n\r\n")
      markDirty()
    }
    if isInputPaused, queuedBytes <= Self.inputHighMarkBytes / 2 {
      isInputPaused = false
      readOnIfPossible()
    }
  }
}

// MARK: - From the parser

extension HTTP1ServerConnection: HTTP1ParserDelegate {
  func headEnded() -> HTTP1Parser.HeadVerdict {
    guard let fields = parser.head.makeFields(), let sent = parser.head.target else { return .refuse(status: 400) }
    let head = HTTP1HeadRules.Head(
      major: parser.major, minor: parser.minor, isServedMethod: parser.isServedMethod, fields: fields)
    if let status = HTTP1HeadRules.rejection(of: head) { return .refuse(status: status) }
    if liveHandlers >= server.limits.maxLiveHandlersPerConnection { return .refuse(status: 503) }
    let (authority, target) = HTTP1HeadRules.split(target: sent)
    let request = HTTPRequestHead(
      method: parser.method, target: target, authority: authority ?? fields["host"] ?? "",
      version: parser.minor == 1 ? .http1_1 : .http1_0, fields: fields)
    let hasBody = parser.isChunked || (parser.bodyLeft ?? 0) > 0
    awaitsContinue = hasBody && parser.minor == 1 && fields["expect"] != nil
    requestAllowsKeepAlive = parser.minor == 1 && !parser.saysClose
    enter(.body)
    begin(request)
    return .proceed
  }

  func bodyCame(_ bytes: UnsafeRawBufferPointer) -> Int? {
    awaitsContinue = false
    if hasEndedAnswer {
      discardAllowance -= bytes.count
      return discardAllowance < 0 ? 413 : nil
    }
    // As HTTP2Stream.arrive: one array a read, without reserving much more than comes.
    if arriving.isEmpty { arriving.reserveCapacity(min(bytesToParse, bytes.count * 4)) }
    unsafe arriving.append(contentsOf: bytes)
    return nil
  }

  func messageEnded() {
    deliverArrived()
    phase = .complete
    exchange?.channel.completeInbound(trailers: parser.trailerFields ?? [:])
    hasPolledPeer = false
  }
}
