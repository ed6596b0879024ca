import Cevent  // for SOCK_STREAM, which Glibc's module shows only with <sys/socket.h>
import Glibc
import Threads

/// Host names to addresses, off the loops: `getaddrinfo` blocks.
enum Resolver {
  /// Names that take long hold a thread each, and no more than these.
  private static let pool = ThreadPool(name: "resolver", threads: 2)

  /// - Throws: `.cannotConnect` if the name is unknown; `.timedOut`; `.cancelled`. The look-up itself goes on until the
  ///   system gives up: it cannot be called off.
  static func resolve(
    host: String, port: Int, loop: EventLoop, timeout: Duration
  ) async throws(TransportError) -> [SocketAddress] {
    let answer = OneShot<[SocketAddress]>()
    // Not awaited: its answer may come too late for anybody.
    Task(executorPreference: pool) { answer.resolve(lookUp(host: host, port: port)) }
    loop.execute {
      loop.after(timeout) { answer.resolve(.failure(.timedOut(detail: "the name '\(host)' was not resolved"))) }
    }
    return try await answer.value()
  }

  private static func lookUp(host: String, port: Int) -> Result<[SocketAddress], TransportError> {
    var hints = unsafe addrinfo()
    unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    unsafe hints.ai_flags = AI_ADDRCONFIG | AI_NUMERICSERV
    var list: UnsafeMutablePointer<addrinfo>?
    let status = unsafe getaddrinfo(host, String(port), &hints, &list)
    defer { if unsafe list != nil { unsafe freeaddrinfo(list) } }
    if status != 0 {
      let reason = unsafe String(cString: gai_strerror(status)).lowercased()
      return .failure(.cannotConnect(detail: "the name '\(host)' is not resolved: \(reason)"))
    }
    var addresses: [SocketAddress] = []
    var next = unsafe list
    while let entry = unsafe next {
      if let address = unsafe entry.pointee.ai_addr {
        unsafe addresses.append(SocketAddress(address, length: entry.pointee.ai_addrlen))
      }
      unsafe next = entry.pointee.ai_next
    }
    return .success(addresses)
  }
}
