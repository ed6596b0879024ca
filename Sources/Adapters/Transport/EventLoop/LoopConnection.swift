/// A connection that a loop drives: HTTP/1.1, HTTP/2, or one whose protocol is not yet known.
///
/// Confined to its loop. The loop's table owns it from `register` until `close`.
class LoopConnection {
  let loop: EventLoop
  let socket: Socket
  private var isDirty = false
  private(set) var isClosed = false

  init(loop: EventLoop, socket: Socket) {
    self.loop = loop
    self.socket = socket
  }

  /// Takes the socket's events from here on.
  final func register() {
    loop.add(self)
    socket.owner = self
  }

  /// Gives the socket to `successor`, without closing it.
  final func handOver(to successor: LoopConnection) {
    isClosed = true
    loop.remove(self)
    successor.register()
  }

  /// Has `pump` called before the loop sleeps.
  final func markDirty() {
    if isDirty || isClosed { return }
    isDirty = true
    loop.markDirty(self)
  }

  final func pumpIfOpen() {
    isDirty = false
    if !isClosed { pump() }
  }

  /// Closes the socket and ends all that runs on the connection with `reason`. More than once is harmless.
  final func close(_ reason: TransportError) {
    if isClosed { return }
    isClosed = true
    didClose(reason)
    socket.close()
    loop.remove(self)
  }

  // What a protocol implements.

  /// The socket has bytes, or its end, or an error.
  func readable() {}
  /// The socket takes bytes again after it did not.
  func writable() { markDirty() }
  /// Moves bytes towards the socket. Outside of every parser callback.
  func pump() {}
  /// All that this turn's bytes woke has run (`EventLoop.settleLater`).
  func settle() {}
  /// Looks at the time-outs; every 250 ms.
  func sweep(_ now: UInt64) {}
  /// Stops gracefully: finishes what runs, takes nothing new, then closes.
  func drain() {}
  /// Ends exchanges and frees the parser; the socket is still there.
  func didClose(_ reason: TransportError) {}
}
