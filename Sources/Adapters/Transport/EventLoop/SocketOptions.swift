import Glibc

enum SocketOptions {
  /// A peer that vanished without a word (a cut cable, a dead host) is noticed after about two minutes, also on streams
  /// that may be silent for ever: 60 s of silence, then 4 probes 15 s apart.
  private static let keepalive: [(option: Int32, value: Int32)] = [
    (Int32(TCP_KEEPIDLE), 60), (Int32(TCP_KEEPINTVL), 15), (Int32(TCP_KEEPCNT), 4),
  ]

  /// No Nagle delay (the loop batches writes itself), and keepalive probes. Failure is ignored: the options only tune.
  static func apply(to descriptor: Int32) {
    set(Int32(IPPROTO_TCP), Int32(TCP_NODELAY), 1, on: descriptor)
    set(SOL_SOCKET, SO_KEEPALIVE, 1, on: descriptor)
    for (option, value) in keepalive { set(Int32(IPPROTO_TCP), option, value, on: descriptor) }
  }

  static func set(_ level: Int32, _ option: Int32, _ value: Int32, on descriptor: Int32) {
    var value = value
    _ = unsafe setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
  }
}
