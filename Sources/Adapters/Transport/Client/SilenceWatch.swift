import Threads

/// Closes a connection on which nothing has come for a while, at least `patience` and less than twice that: one timer at a
/// time, however much comes.
final class SilenceWatch: Sendable {
  private struct State {
    var isTouched = false
    var isOver = false
    var hasExpired = false
  }

  private let connection: TCPConnection
  private let patience: Duration
  private let loop: EventLoop
  private let state = Lock(State())

  init(_ connection: TCPConnection, patience: Duration, _ loop: EventLoop) {
    self.connection = connection
    self.patience = patience
    self.loop = loop
    loop.execute { self.arm() }
  }

  /// The connection was closed for its silence.
  var hasExpired: Bool { state.withLock { $0.hasExpired } }

  /// Something came.
  func touch() { state.withLock { $0.isTouched = true } }

  /// No more is awaited.
  func end() { state.withLock { $0.isOver = true } }

  private func arm() {
    loop.after(patience) { [weak self] in self?.look() }
  }

  private func look() {
    let mustClose = state.withLock { state -> Bool? in
      if state.isOver { return nil }
      defer { state.isTouched = false }
      if !state.isTouched { state.hasExpired = true }
      return state.hasExpired
    }
    switch mustClose {
    case true: connection.close()
    case false: arm()
    case nil: break
    }
  }
}
