/// Where a server listens, what it speaks, and its limits.
package struct HTTPServerConfiguration: Sendable {
  package let address: String
  package let port: Int
  package let protocols: HTTPProtocols
  package let limits: HTTPServerLimits

  /// - Parameters:
  ///   - address: Numeric, IPv4 or IPv6: `127.0.0.1`, `0.0.0.0`, `::1`, `::`.
  ///   - port: 0 picks a free one; `HTTPServer.start` returns it.
  ///   - protocols: Told apart by the first bytes of a connection where both are given.
  /// - Throws: `.misuse` that names the setting, its value and what was expected.
  package init(
    address: String, port: Int, protocols: HTTPProtocols = .all, limits: HTTPServerLimits = HTTPServerLimits()
  ) throws(TransportError) {
    guard (0...65_535).contains(port) else {
      throw .misuse(detail: "port is \(port): expected 0 to 65535")
    }
    guard Self.isAddress(address) else {
      throw .misuse(detail: "address is '\(address)': expected a numeric IPv4 or IPv6 address")
    }
    guard !protocols.isEmpty else { throw .misuse(detail: "protocols is empty: expected http1, http2 or both") }
    try limits.check()
    self.address = address
    self.port = port
    self.protocols = protocols
    self.limits = limits
  }

  /// Whether `text` is a numeric address as `init` takes it.
  package static func isAddress(_ text: String) -> Bool { SocketAddress(literal: text, port: 0) != nil }
}
