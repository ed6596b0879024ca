import Glibc

/// Connects by plain TCP: each address of a name in turn, until one answers.
struct TCPConnector: RedisConnector {
  func connect(
    to endpoint: RedisEndpoint, before deadline: ContinuousClock.Instant
  ) throws(RedisError) -> any RedisByteStream {
    TCPStream(try Self.descriptor(to: endpoint, before: deadline), to: endpoint)
  }

  /// A connected, non-blocking socket. To find the address of a name takes as long as the system's resolver does.
  static func descriptor(
    to endpoint: RedisEndpoint, before deadline: ContinuousClock.Instant
  ) throws(RedisError) -> CInt {
    var hints = unsafe addrinfo()
    unsafe hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    let status = unsafe getaddrinfo(endpoint.host, String(endpoint.port), &hints, &list)
    guard status == 0 else {
      let reason = unsafe String(cString: gai_strerror(status))
      throw .unavailable(reason: "redis at \(endpoint): the name has no address: \(reason)", retryAfter: nil)
    }
    defer { unsafe freeaddrinfo(list) }
    var failure = "the name has no address"
    var next = unsafe list
    while let address = unsafe next {
      switch unsafe attempt(address, before: deadline) {
      case .success(let descriptor): return descriptor
      case .failure(let error): failure = error.text
      }
      unsafe next = address.pointee.ai_next
    }
    throw .unavailable(reason: "redis at \(endpoint): cannot connect: \(failure)", retryAfter: nil)
  }

  private struct Failure: Error {
    let text: String
  }

  private static func attempt(
    _ address: UnsafeMutablePointer<addrinfo>, before deadline: ContinuousClock.Instant
  ) -> Result<CInt, Failure> {
    let descriptor = unsafe socket(
      address.pointee.ai_family,
      CInt(SOCK_STREAM.rawValue) | CInt(SOCK_NONBLOCK.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return .failure(Failure(text: Poll.message(errno))) }
    func failed(_ code: CInt) -> Result<CInt, Failure> {
      close(descriptor)
      return .failure(Failure(text: Poll.message(code)))
    }
    if unsafe Glibc.connect(descriptor, address.pointee.ai_addr, address.pointee.ai_addrlen) != 0 {
      guard errno == EINPROGRESS else { return failed(errno) }
      guard Poll.wait(descriptor, for: POLLOUT, before: deadline) else { return failed(ETIMEDOUT) }
      var code: CInt = 0
      var size = socklen_t(MemoryLayout<CInt>.size)
      guard unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size) == 0 else { return failed(errno) }
      if code != 0 { return failed(code) }
    }
    var yes: CInt = 1
    let size = socklen_t(MemoryLayout<CInt>.size)
    unsafe setsockopt(descriptor, CInt(IPPROTO_TCP), TCP_NODELAY, &yes, size)
    unsafe setsockopt(descriptor, SOL_SOCKET, SO_KEEPALIVE, &yes, size)
    return .success(descriptor)
  }
}
