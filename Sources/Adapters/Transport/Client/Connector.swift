import Cevent
import Glibc

/// Makes connections without blocking: each address of a name in turn, until one answers or the time is over.
enum Connector {
  /// - Returns: A connected, non-blocking descriptor.
  static func connect(
    host: String, port: Int, loop: EventLoop, timeout: Duration
  ) async throws(TransportError) -> Int32 {
    guard (1...65_535).contains(port) else { throw .misuse(detail: "port is \(port): expected 1 to 65535") }
    let clock = ContinuousClock()
    let deadline = clock.now + timeout
    let addresses = try await Resolver.resolve(host: host, port: port, loop: loop, timeout: timeout)
    var last = TransportError.cannotConnect(detail: "the name '\(host)' has no address")
    for address in addresses {
      let left = deadline - clock.now
      if left <= .zero { throw .timedOut(detail: "no connection to \(host):\(port) within \(timeout)") }
      do throws(TransportError) {
        return try await attempt(address, loop: loop, timeout: left)
      } catch {
        if error == .cancelled { throw error }
        last = error
      }
    }
    throw last
  }

  private static func attempt(
    _ address: SocketAddress, loop: EventLoop, timeout: Duration
  ) async throws(TransportError) -> Int32 {
    let answer = OneShot<Int32>()
    let isTaken = loop.execute { ConnectAttempt(answer).begin(address, loop: loop, timeout: timeout) }
    if !isTaken { throw .cancelled }
    return try await answer.value()
  }
}

/// One connect call in flight. Kept alive by its event, until that fires once.
@safe
private final class ConnectAttempt {
  private let answer: OneShot<Int32>
  private var descriptor: Int32 = -1
  private var address = ""
  private var event: OpaquePointer?

  init(_ answer: OneShot<Int32>) { self.answer = answer }

  func begin(_ address: SocketAddress, loop: EventLoop, timeout: Duration) {
    self.address = address.description
    let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    descriptor = socket(address.family, kind, 0)
    if descriptor < 0 { return finish(errno) }
    let status = unsafe address.withPointer { unsafe connect(descriptor, $0, address.length) }
    if status == 0 { return finish(0) }
    if errno != EINPROGRESS { return finish(errno) }
    let me = unsafe Unmanaged.passRetained(self).toOpaque()
    unsafe event = event_new(
      loop.base, descriptor, Int16(EV_WRITE),
      { _, what, me in
        let attempt = unsafe Unmanaged<ConnectAttempt>.fromOpaque(me!).takeRetainedValue()
        attempt.fired(isTimeout: what & Int16(EV_TIMEOUT) != 0)
      }, me)
    let milliseconds = Int(timeout.wholeMilliseconds)
    var wait = timeval(tv_sec: milliseconds / 1000, tv_usec: milliseconds % 1000 * 1000)
    unsafe event_add(event, &wait)
  }

  private func fired(isTimeout: Bool) {
    unsafe event_free(event)
    if isTimeout { return finish(ETIMEDOUT) }
    var problem: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &problem, &length)
    finish(problem)
  }

  private func finish(_ problem: Int32) {
    if problem == 0, answer.resolve(.success(descriptor)) { return }
    if descriptor >= 0 { close(descriptor) }
    let detail = "\(address): \(SystemError.text(problem))"
    answer.resolve(.failure(problem == ETIMEDOUT ? .timedOut(detail: detail) : .cannotConnect(detail: detail)))
  }
}
