/// An accepted connection whose protocol is not yet known: reads until the first bytes tell, then hands over.
final class OpeningConnection: LoopConnection, ServerConnection {
  let server: ServerContext
  private let since: UInt64
  private var start: [UInt8] = []

  init(loop: EventLoop, socket: Socket, server: ServerContext) {
    self.server = server
    since = loop.now
    super.init(loop: loop, socket: socket)
  }

  override func readable() {
    if isClosed { return }
    switch socket.receive() {
    case .bytes(let count):
      unsafe start.append(contentsOf: loop.readBuffer[..<count])
      decide()
    case .wouldBlock: break
    case .ended: close(.closedByPeer(detail: "the peer closed the connection"))
    case .failed(let detail): close(.closedByPeer(detail: detail))
    }
  }

  private func decide() {
    switch ProtocolChoice.choose(among: server.configuration.protocols, from: start) {
    case .undecided:
      // The edge is used up only when the socket says so.
      loop.readLater(self)
    case .http2:
      let connection = HTTP2ServerConnection(loop: loop, socket: socket, server: server)
      connection.begin(as: .server)
      handOver(to: connection)
      unsafe start.withUnsafeBytes { unsafe connection.feed($0) }
      connection.readable()
    case .http1:
      let connection = HTTP1ServerConnection(loop: loop, socket: socket, server: server)
      handOver(to: connection)
      unsafe start.withUnsafeBytes { unsafe connection.feed($0) }
      connection.readable()
    case .neither:
      close(.protocolViolation(detail: "no HTTP/2 preface"))
    }
  }

  override func sweep(_ now: UInt64) {
    if now > since + server.limits.headerTimeout.wholeMilliseconds {
      close(.timedOut(detail: "nothing was asked after the connection was made"))
    }
  }

  override func drain() { close(.cancelled) }

  override func didClose(_ reason: TransportError) { server.connectionClosed(reason) }
}
