import Glibc

/// An IPv4 or IPv6 address with a port, as the system's calls take it.
struct SocketAddress: Sendable, CustomStringConvertible {
  private var storage = sockaddr_storage()
  private(set) var length = socklen_t(MemoryLayout<sockaddr_storage>.size)

  private init() {}

  /// - Parameter literal: A numeric address (`127.0.0.1`, `0.0.0.0`, `::1`, `::`); nil is returned for anything else.
  init?(literal: String, port: UInt16) {
    var ipv4 = in_addr()
    var ipv6 = in6_addr()
    if unsafe inet_pton(AF_INET, literal, &ipv4) == 1 {
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = port.bigEndian
      address.sin_addr = ipv4
      store(address)
    } else if unsafe inet_pton(AF_INET6, literal, &ipv6) == 1 {
      var address = sockaddr_in6()
      address.sin6_family = sa_family_t(AF_INET6)
      address.sin6_port = port.bigEndian
      address.sin6_addr = ipv6
      store(address)
    } else {
      return nil
    }
  }

  /// Copies what `getaddrinfo` returned.
  init(_ address: UnsafePointer<sockaddr>, length: socklen_t) {
    self.length = length
    unsafe withUnsafeMutableBytes(of: &storage) {
      unsafe $0.copyMemory(from: UnsafeRawBufferPointer(start: address, count: Int(length)))
    }
  }

  /// Where `descriptor` is connected to.
  static func peer(of descriptor: Int32) -> SocketAddress? {
    var address = SocketAddress()
    var length = address.length
    let status = unsafe address.withMutablePointer { unsafe getpeername(descriptor, $0, &length) }
    return status == 0 ? address : nil
  }

  /// Where `descriptor` is bound.
  static func local(of descriptor: Int32) -> SocketAddress? {
    var address = SocketAddress()
    var length = address.length
    let status = unsafe address.withMutablePointer { unsafe getsockname(descriptor, $0, &length) }
    return status == 0 ? address : nil
  }

  var family: Int32 { Int32(storage.ss_family) }

  var port: Int {
    family == AF_INET
      ? Int(UInt16(bigEndian: load(sockaddr_in.self).sin_port))
      : Int(UInt16(bigEndian: load(sockaddr_in6.self).sin6_port))
  }

  var description: String {
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    if family == AF_INET {
      var address = load(sockaddr_in.self).sin_addr
      unsafe inet_ntop(AF_INET, &address, &text, socklen_t(text.count))
    } else {
      var address = load(sockaddr_in6.self).sin6_addr
      unsafe inet_ntop(AF_INET6, &address, &text, socklen_t(text.count))
    }
    let host = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return family == AF_INET ? "\(host):\(port)" : "[\(host)]:\(port)"
  }

  func withPointer<Result>(_ body: (UnsafePointer<sockaddr>) -> Result) -> Result {
    unsafe withUnsafePointer(to: storage) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe body($0) }
    }
  }

  private mutating func withMutablePointer<Result>(_ body: (UnsafeMutablePointer<sockaddr>) -> Result) -> Result {
    unsafe withUnsafeMutablePointer(to: &storage) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe body($0) }
    }
  }

  private mutating func store<Address>(_ address: Address) {
    length = socklen_t(MemoryLayout<Address>.size)
    unsafe withUnsafeMutableBytes(of: &storage) { unsafe $0.bindMemory(to: Address.self)[0] = address }
  }

  private func load<Address>(_: Address.Type) -> Address {
    unsafe withUnsafeBytes(of: storage) { unsafe $0.load(as: Address.self) }
  }
}
