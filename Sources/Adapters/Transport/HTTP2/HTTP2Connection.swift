import Cnghttp2

/// What servers' and clients' HTTP/2 connections share: reading, writing, streams and their bodies.
class HTTP2Connection: LoopConnection {
  /// Reads in one turn, so that one busy connection leaves the others their share.
  private static let readsPerTurn = 4

  /// Set by `begin`, before any event.
  private(set) var session: HTTP2Session!
  let settings: HTTP2Settings
  private(set) var streams: [Int32: HTTP2Stream] = [:]
  /// Milliseconds; for idleness and keepalive.
  private(set) var lastReceived: UInt64
  /// A header block that has begun and not ended, since.
  private(set) var headersSince: UInt64?
  private var lastProgress: UInt64
  private var arrived: [HTTP2Stream] = []

  init(loop: EventLoop, socket: Socket, settings: HTTP2Settings) {
    self.settings = settings
    lastReceived = loop.now
    lastProgress = loop.now
    super.init(loop: loop, socket: socket)
  }

  /// Starts the session and sends our SETTINGS.
  final func begin(as role: HTTP2Session.Role) {
    session = HTTP2Session(role: role, settings: settings, connection: self)
    markDirty()
  }

  // MARK: What a role adds

  /// A server's request, or a client's answer or trailers, is there.
  func headersEnd(_ stream: HTTP2Stream, endsStream: Bool) {}
  func requestBegins(_ id: Int32) {}
  func streamEndSent(_ id: Int32) {}
  func handlerReturned(_ stream: HTTP2Stream) {}
  func pongCame() {}
  func goAwayCame() {}
  /// A frame that broke the protocol; the stream or the connection ends by it.
  func invalidFrameCame() {}
  /// nghttp2 has ended the connection for the peer's fault.
  func errorSent() {}
  func streamDidClose(_ stream: HTTP2Stream, code: UInt32) {}

  // MARK: Bytes

  final override func readable() {
    for _ in 0..<Self.readsPerTurn {
      if isClosed { return }
      switch socket.receive() {
      case .bytes(let count):
        unsafe feed(UnsafeRawBufferPointer(rebasing: loop.readBuffer[..<count]))
      case .wouldBlock: return
      case .ended: return close(.closedByPeer(detail: "the peer closed the connection"))
      case .failed(let detail): return close(.closedByPeer(detail: detail))
      }
    }
    loop.readLater(self)
  }

  final func feed(_ bytes: UnsafeRawBufferPointer) {
    lastReceived = loop.now
    let problem = unsafe session.receive(bytes)
    for stream in arrived { stream.deliverArrived() }
    arrived.removeAll(keepingCapacity: true)
    markDirty()
    if let problem {
      let reason = TransportError.protocolViolation(detail: "HTTP/2: \(problem)")
      pump()  // the GOAWAY that says why
      close(reason)
    }
  }

  final override func pump() {
    if let problem = session.send(into: socket) { return close(.protocolViolation(detail: "HTTP/2: \(problem)")) }
    let before = socket.queuedBytes
    switch socket.flush() {
    case .all:
      if before >= HTTP2Session.outputHighMarkBytes { markDirty() }
      if session.isOver { close(.closedByPeer(detail: "the connection has ended")) }
    case .blocked: if socket.queuedBytes == before { return }
    case .failed(let detail): return close(.closedByPeer(detail: detail))
    }
    lastProgress = loop.now
  }

  final override func didClose(_ reason: TransportError) {
    let open = streams.values
    streams = [:]
    for stream in open {
      _ = stream.close(reason)
      streamDidClose(stream, code: NGHTTP2_INTERNAL_ERROR.rawValue)
    }
    session.free()
    connectionDidClose(reason)
  }

  func connectionDidClose(_ reason: TransportError) {}

  /// The socket took nothing for `timeout` though bytes wait.
  final func isWriteStalled(_ now: UInt64, timeout: Duration) -> Bool {
    if socket.queuedBytes == 0 { lastProgress = now }
    return now > lastProgress + timeout.wholeMilliseconds
  }

  // MARK: Streams

  final func add(_ stream: HTTP2Stream) {
    streams[stream.id] = stream
    session.attach(stream)
  }

  final func headersBegin(_ id: Int32, isRequest: Bool) {
    headersSince = loop.now
    if isRequest { requestBegins(id) }
  }

  final func headersDidEnd() { headersSince = nil }

  final func bodyCame(_ id: Int32, _ stream: HTTP2Stream?, _ bytes: UnsafeBufferPointer<UInt8>) {
    guard let stream, !stream.isDiscarding else { return session.consume(id, bytes.count) }
    guard let start = bytes.baseAddress else { return }
    if unsafe stream.arrive(bytes, mostToCome: session.bytesLeft(from: start)) { arrived.append(stream) }
  }

  final func bodyEnds(_ stream: HTTP2Stream, trailers: HTTPFields = [:]) {
    stream.deliverArrived()
    stream.channel.completeInbound(trailers: trailers)
  }

  final func streamClosed(_ id: Int32, code: UInt32) {
    guard let stream = streams.removeValue(forKey: id) else { return }
    let unconsumed = stream.close(closeReason(code))
    if unconsumed > 0 {
      session.consumeOnConnection(unconsumed)
      markDirty()
    }
    streamDidClose(stream, code: code)
  }

  private func closeReason(_ code: UInt32) -> TransportError {
    if code == NGHTTP2_NO_ERROR.rawValue { return .closedByPeer(detail: "the stream has ended") }
    let name = unsafe String(cString: nghttp2_http2_strerror(code))
    return .closedByPeer(detail: "the stream was reset: \(name)")
  }
}
