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
