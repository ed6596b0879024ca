import Cevent
import Glibc

/// A listening socket on the first loop of a server. Accepted connections go to the loops in turn.
///
/// One socket, and no SO_REUSEPORT: that would let a second process listen on a taken port and get half of the clients,
/// instead of failing.
@safe
final class Listener: @unchecked Sendable {
  // Sendable: made before the first event, then confined to the accepting loop.

  /// Connections that may wait for us to accept them; the kernel caps it at net.core.somaxconn (4096).
  private static let backlog: Int32 = 1024
  /// Accepts in one turn, so that a storm of connections leaves the others their share.
  private static let acceptsPerTurn = 64

  let port: Int
  private let context: ServerContext
  private let loops: [EventLoop]
  private var descriptor: Int32
  private var event: OpaquePointer?
  private var next = 0

  init(context: ServerContext, loops: [EventLoop]) throws(TransportError) {
    self.context = context
    self.loops = loops
    (descriptor, port) = try Self.listen(context.configuration)
    loops[0].execute { self.begin() }
  }

  private static func listen(_ configuration: HTTPServerConfiguration) throws(TransportError) -> (Int32, Int) {
    func failure() -> TransportError {
      let number = errno
      if number == EADDRINUSE { return .portTaken(address: configuration.address, port: configuration.port) }
      return .cannotListen(
        address: configuration.address, port: configuration.port, reason: SystemError.text(number))
    }
    guard let address = SocketAddress(literal: configuration.address, port: UInt16(configuration.port)) else {
      preconditionFailure("the configuration has checked the address")
    }
    let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    let descriptor = socket(address.family, kind, 0)
    if descriptor < 0 { throw failure() }
    // Lets a restarted server listen while connections of the old one linger in TIME_WAIT.
    SocketOptions.set(SOL_SOCKET, SO_REUSEADDR, 1, on: descriptor)
    let bound = unsafe address.withPointer { unsafe bind(descriptor, $0, address.length) }
    guard bound == 0, Glibc.listen(descriptor, backlog) == 0, let local = SocketAddress.local(of: descriptor) else {
      let failure = failure()
      Descriptor.close(descriptor)
      throw failure
    }
    return (descriptor, local.port)
  }

  private func begin() {
    // The event keeps the listener alive; released in `end`.
    let me = unsafe Unmanaged.passRetained(self).toOpaque()
    unsafe event = event_new(
      loops[0].base, descriptor, Int16(EV_READ | EV_PERSIST),
      { _, _, me in unsafe Unmanaged<Listener>.fromOpaque(me!).takeUnretainedValue().accept() }, me)
    unsafe event_add(event, nil)
  }

  private func accept() {
    for _ in 0..<Self.acceptsPerTurn {
      let client = cordwood_accept(descriptor)
      if client < 0 {
        if errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM { pause() }
        return
      }
      guard context.admitConnection() else {
        Descriptor.close(client)
        continue
      }
      let loop = loops[next]
      next = (next + 1) % loops.count
      let context = context
      let open: @Sendable () -> Void = {
        let socket = Socket(loop: loop, descriptor: client, counters: context.counters)
        OpeningConnection(loop: loop, socket: socket, server: context).register()
      }
      if loop === loops[0] { open() } else { loop.execute(open) }
    }
  }

  /// No descriptors are left: the event would fire without end. Tries again at the next sweep.
  private func pause() {
    unsafe event_del(event)
    loops[0].after(.zero) { if unsafe self.event != nil { unsafe event_add(self.event, nil) } }
  }

  /// Stops listening; returns when no further connection can come.
  func close() async {
    await Waiter.wait { waiter in
      let isTaken = loops[0].execute {
        self.end()
        waiter.resume()
      }
      if !isTaken { waiter.resume() }
    }
  }

  private func end() {
    unsafe event_free(event)
    unsafe event = nil
    Descriptor.close(descriptor)
    unsafe Unmanaged.passUnretained(self).release()
  }
}
