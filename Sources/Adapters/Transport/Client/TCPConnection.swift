/// A bare connection to a server: bytes out, bytes in, with back-pressure both ways. What `HTTP1Client` speaks through.
///
/// Reading and writing may happen side by side, each by one task at a time. Closed with the last reference at the latest.
package final class TCPConnection: Sendable {
  private let connection: ByteConnection

  private init(connection: ByteConnection) { self.connection = connection }

  deinit { close() }

  /// As `HTTP2Client.connect`.
  package static func connect(
    host: String, port: Int, loop: EventLoop, timeout: Duration
  ) async throws(TransportError) -> TCPConnection {
    let descriptor = try await Connector.connect(host: host, port: port, loop: loop, timeout: timeout)
    let outcome: Result<TCPConnection, TransportError> = await Waiter.wait { waiter in
      let begin: @Sendable () -> Void = {
        let connection = ByteConnection(
          loop: loop, socket: Socket(loop: loop, descriptor: descriptor, counters: nil))
        connection.register()
        waiter.resume(.success(TCPConnection(connection: connection)))
      }
      if loop.execute(begin) { return }
      Descriptor.close(descriptor)
      waiter.resume(.failure(.cancelled))
    }
    return try outcome.get()
  }

  /// The next bytes as they came, never empty; nil when the server closed its side.
  package func read() async throws(TransportError) -> [UInt8]? {
    try await connection.channel.read(for: connection)
  }

  /// Queues bytes; returns when the queue has room again.
  package func write(_ bytes: [UInt8]) async throws(TransportError) {
    try await connection.channel.write(bytes, for: connection)
  }

  /// Closes our side after what was written; reading goes on. Harmless on a connection that is over.
  package func finish() {
    // All that this can throw says that the side is closed already.
    try? connection.channel.end(trailers: [:], for: connection)
  }

  /// Drops the connection at once.
  package func close() { connection.channel.abort(.cancelled, for: connection) }
}

/// The loop's half of a `TCPConnection`.
final class ByteConnection: LoopConnection, LoopServiced, @unchecked Sendable {
  // Sendable: tasks touch `channel` only; all else is the loop's.

  /// Bytes waiting for the reader, above which the socket is left alone; it goes on at half of it.
  private static let inputHighMarkBytes = 256 << 10

  let channel: StreamChannel
  private var isInputPaused = false
  private var unsentBytes = 0
  private var isFinished = false
  private var hasShutDown = false

  override init(loop: EventLoop, socket: Socket) {
    channel = StreamChannel(loop: loop, awaitsHead: false)
    super.init(loop: loop, socket: socket)
  }

  override func readable() {
    while !isClosed, !isInputPaused {
      switch socket.receive() {
      case .bytes(let count):
        let queued = unsafe channel.deliver(Array(loop.readBuffer[..<count]))
        isInputPaused = queued >= Self.inputHighMarkBytes
      case .wouldBlock: return
      case .ended:
        channel.completeInbound(trailers: [:])
        return
      case .failed(let detail): return close(.closedByPeer(detail: detail))
      }
    }
  }

  func service() {
    let orders = channel.takeOrders()
    if isClosed { return }
    switch orders.outbound.ending {
    case .aborted, .incomplete: return close(.cancelled)
    case .complete: isFinished = true
    case nil: break
    }
    var pieces = orders.outbound.pieces
    unsentBytes += pieces.count
    pieces.consume(pieces.count) { piece, start, count in socket.enqueue(piece, from: start, count: count) }
    markDirty()
    if isInputPaused, orders.queuedBytes <= Self.inputHighMarkBytes / 2 {
      isInputPaused = false
      loop.readLater(self)
    }
  }

  override func pump() {
    if case .failed(let detail) = socket.flush() { return close(.closedByPeer(detail: detail)) }
    let sent = unsentBytes - min(unsentBytes, socket.queuedBytes)
    unsentBytes -= sent
    if sent > 0 { channel.didSend(sent) }
    if isFinished, !hasShutDown, socket.queuedBytes == 0 {
      hasShutDown = true
      socket.shutDownWrites()
    }
  }

  override func didClose(_ reason: TransportError) { channel.close(reason) }
}
