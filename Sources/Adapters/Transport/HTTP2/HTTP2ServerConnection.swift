import Cnghttp2

/// The server's end of an HTTP/2 connection: gives requests to the handler.
final class HTTP2ServerConnection: HTTP2Connection, ServerConnection {
  /// After GOAWAY's announcement, for requests that are on their way (RFC 9113 section 6.8).
  private static let drainGrace = Duration.milliseconds(200)

  let server: ServerContext
  /// Handlers that have not returned, also of streams that are closed.
  private var liveHandlers = 0
  private var idleSince: UInt64
  private var drainAt: UInt64?
  private var isDraining = false
  private var hasCountedError = false

  init(loop: EventLoop, socket: Socket, server: ServerContext) {
    self.server = server
    idleSince = loop.now
    super.init(loop: loop, socket: socket, settings: server.limits.http2)
  }

  override func requestBegins(_ id: Int32) {
    add(HTTP2Stream(connection: self, id: id, awaitsHead: true, limits: server.limits.head))
  }

  override func headersEnd(_ stream: HTTP2Stream, endsStream: Bool) {
    headersDidEnd()
    if stream.hasHead {
      // nghttp2 lets a second block through only as trailers.
      bodyEnds(stream, trailers: stream.head.fields)
      return
    }
    let head = stream.head
    stream.hasHead = true
    stream.head = HTTP2HeadBuilder(limits: server.limits.head)
    if let status = head.rejection { return refuse(stream, status: status) }
    if head.method == "CONNECT" { return refuse(stream, status: 501) }
    if liveHandlers >= server.limits.maxLiveHandlersPerConnection { return stream.reset(NGHTTP2_REFUSED_STREAM) }
    if endsStream { bodyEnds(stream) }
    run(stream, head.request)
  }

  private func run(_ stream: HTTP2Stream, _ request: HTTPRequestHead) {
    liveHandlers += 1
    stream.isServed = true
    server.counters.exchangeBegan()
    stream.isBodyless = request.method == "HEAD"
    let exchange = HTTP2ServerExchange(request: request, peer: socket.peer, stream: stream)
    let server = server
    stream.task = Task(executorPreference: loop.tasks) {
      await server.handler(exchange)
      // Counted here and not by the connection, which may be gone by now.
      server.counters.exchangeEnded()
      exchange.handlerReturned()
    }
  }

  /// Answers without a handler, and reads no body.
  private func refuse(_ stream: HTTP2Stream, status: Int) {
    stream.discardBody()
    stream.isBodyless = true
    server.counters.protocolErrorCame()
    let block = HTTP2HeaderBlock(response: HTTPResponseHead(status: status), date: loop.date)
    session.submitResponse(block, on: stream, hasBody: false)
  }

  override func handlerReturned(_ stream: HTTP2Stream) {
    liveHandlers -= 1
    if stream.isClosed { return }
    stream.discardBody()
    if !stream.channel.hasStartedAnswer {
      let block = HTTP2HeaderBlock(response: HTTPResponseHead(status: 500), date: loop.date)
      session.submitResponse(block, on: stream, hasBody: false)
      markDirty()
    } else if stream.channel.isAnswerOpen {
      stream.reset(NGHTTP2_INTERNAL_ERROR)
    }
  }

  /// The answer is out but the peer still sends: told to stop (RFC 9113 section 8.1), or it may go on for ever.
  override func streamEndSent(_ id: Int32) {
    if !session.isRemoteClosed(id) { session.reset(id, NGHTTP2_NO_ERROR) }
  }

  override func streamDidClose(_ stream: HTTP2Stream, code: UInt32) {
    if code != NGHTTP2_NO_ERROR.rawValue, stream.isServed { server.counters.exchangeWasCancelled() }
    idleSince = loop.now
  }

  override func invalidFrameCame() {
    hasCountedError = true
    server.counters.protocolErrorCame()
  }

  override func errorSent() {
    if !hasCountedError { server.counters.protocolErrorCame() }
  }

  override func sweep(_ now: UInt64) {
    let limits = server.limits
    if isWriteStalled(now, timeout: limits.writeStallTimeout) {
      return close(.timedOut(detail: "the client takes no bytes"))
    }
    if let since = headersSince, now > since + limits.headerTimeout.wholeMilliseconds {
      return close(.timedOut(detail: "a header block did not end"))
    }
    // PINGs and frames that never become a request do not count: else they would hold the connection for ever.
    if streams.isEmpty, now > idleSince + limits.idleTimeout.wholeMilliseconds { drain() }
    for stream in streams.values
    where stream.isStalled && now > stream.lastProgress + limits.writeStallTimeout.wholeMilliseconds {
      server.counters.timeoutCame()
      stream.reset(NGHTTP2_CANCEL)
    }
    if let at = drainAt, now >= at {
      drainAt = nil
      session.goAway()
      markDirty()
    }
  }

  override func drain() {
    if isDraining || isClosed { return }
    isDraining = true
    session.announceShutdown()
    drainAt = loop.now + Self.drainGrace.wholeMilliseconds
    markDirty()
  }

  override func connectionDidClose(_ reason: TransportError) { server.connectionClosed(reason) }
}
