import Glibc

/// A TCP connection whose every wait has a deadline. Blocks its thread.
@safe
final class TCPStream: RedisByteStream {
  private static let readBytes = 64 << 10

  private let descriptor: CInt
  private let endpoint: RedisEndpoint
  private var buffer = [UInt8](repeating: 0, count: readBytes)

  init(_ descriptor: CInt, to endpoint: RedisEndpoint) {
    self.descriptor = descriptor
    self.endpoint = endpoint
  }

  deinit { close(descriptor) }

  func write(_ bytes: [UInt8], before deadline: ContinuousClock.Instant) throws(RedisError) {
    var sent = 0
    while sent < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { source in
        // Without the flag a peer that is gone would end the process.
        unsafe send(descriptor, source.baseAddress! + sent, source.count - sent, CInt(MSG_NOSIGNAL))
      }
      if count > 0 {
        sent += count
      } else if errno == EAGAIN || errno == EWOULDBLOCK {
        try wait(for: POLLOUT, before: deadline, "has not taken what was sent")
      } else if errno != EINTR {
        throw gone(errno)
      }
    }
  }

  func read(before deadline: ContinuousClock.Instant, _ body: (Span<UInt8>) -> Void) throws(RedisError) {
    while true {
      let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
      if count > 0 {
        let filled = buffer
        let bytes = filled.span.extracting(0..<count)
        return body(bytes)
      }
      if count == 0 { throw .unavailable(reason: "redis at \(endpoint) closed the connection", retryAfter: nil) }
      if errno == EAGAIN || errno == EWOULDBLOCK {
        try wait(for: POLLIN, before: deadline, "has not answered")
      } else if errno != EINTR {
        throw gone(errno)
      }
    }
  }

  var isStale: Bool {
    var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&state, 1, 0) != 0
  }

  private func wait(
    for event: CInt, before deadline: ContinuousClock.Instant, _ failing: String
  ) throws(RedisError) {
    guard Poll.wait(descriptor, for: event, before: deadline) else {
      throw .unavailable(reason: "redis at \(endpoint) \(failing) in time", retryAfter: nil)
    }
  }

  private func gone(_ code: CInt) -> RedisError {
    .unavailable(reason: "redis at \(endpoint): \(Poll.message(code))", retryAfter: nil)
  }
}

/// Waiting on one descriptor, and what the system says.
enum Poll {
  /// - Returns: Whether it is ready; also if it failed, which the next call on it tells.
  static func wait(_ descriptor: CInt, for event: CInt, before deadline: ContinuousClock.Instant) -> Bool {
    while true {
      let left = (deadline - ContinuousClock.now) / .milliseconds(1)
      if left <= 0 { return false }
      var state = pollfd(fd: descriptor, events: Int16(event), revents: 0)
      let count = unsafe poll(&state, 1, CInt(clamping: Int(left.rounded(.up))))
      if count > 0 { return true }
      if count < 0, errno != EINTR { return true }
    }
  }

  static func message(_ code: CInt) -> String {
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    return unsafe String(cString: text)
  }
}
