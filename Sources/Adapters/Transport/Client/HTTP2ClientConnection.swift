import Cnghttp2
import Synchronization

/// The client's end of an HTTP/2 connection.
final class HTTP2ClientConnection: HTTP2Connection, @unchecked Sendable {
  // Sendable: confined to its loop but for `isUsable`, which is atomic.

  /// Fields of an answer's head or trailers.
  private static let maxFields = 256

  /// Whether `open` may succeed; read by any thread.
  let isUsable = Atomic(true)
  private let configuration: HTTP2ClientConfiguration
  private let authority: String
  private var pingSince: UInt64?

  init(loop: EventLoop, socket: Socket, authority: String, configuration: HTTP2ClientConfiguration) {
    self.authority = authority
    self.configuration = configuration
    super.init(loop: loop, socket: socket, settings: configuration.http2)
  }

  private var limits: HTTPHeadLimits {
    HTTPHeadLimits(
      maxTargetBytes: 0, maxHeaderBytes: configuration.http2.maxHeaderBytes, maxFields: Self.maxFields)
  }

  func open(_ request: HTTPRequestHead) -> Result<HTTP2Stream, TransportError> {
    if isClosed || !isUsable.load(ordering: .relaxed) {
      return .failure(.closedByPeer(detail: "the connection is closed or going away"))
    }
    let stream = HTTP2Stream(connection: self, id: 0, awaitsHead: false, limits: limits)
    guard let id = session.submitRequest(HTTP2HeaderBlock(request: request, authority: authority), on: stream) else {
      isUsable.store(false, ordering: .relaxed)  // all stream ids are used up
      return .failure(.closedByPeer(detail: "the connection takes no more streams"))
    }
    stream.id = id
    add(stream)
    markDirty()
    return .success(stream)
  }

  override func headersEnd(_ stream: HTTP2Stream, endsStream: Bool) {
    headersDidEnd()
    let head = stream.head
    stream.head = HTTP2HeadBuilder(limits: limits)
    if head.rejection != nil {
      stream.channel.abort(.protocolViolation(detail: "the answer's head is beyond our limits"), for: stream)
      return
    }
    if stream.hasHead {
      bodyEnds(stream, trailers: head.fields)
    } else if head.status >= 200 {
      stream.hasHead = true
      stream.channel.deliver(head.response)
      if endsStream { bodyEnds(stream) }
    }
  }

  override func pongCame() { pingSince = nil }

  override func goAwayCame() { isUsable.store(false, ordering: .relaxed) }

  override func connectionDidClose(_ reason: TransportError) { isUsable.store(false, ordering: .relaxed) }

  override func sweep(_ now: UInt64) {
    if isWriteStalled(now, timeout: configuration.writeStallTimeout) {
      return close(.timedOut(detail: "the server takes no bytes"))
    }
    guard let interval = configuration.keepaliveInterval else { return }
    if let since = pingSince {
      if now > since + configuration.keepaliveTimeout.wholeMilliseconds {
        close(.timedOut(detail: "the server did not answer a keepalive PING"))
      }
    } else if now > lastReceived + interval.wholeMilliseconds {
      pingSince = now
      session.ping()
      markDirty()
    }
  }
}
