/// Where a Redis server listens.
package struct RedisEndpoint: Hashable, Sendable, CustomStringConvertible {
  package static let defaultPort = 6_379

  /// A name or a numeric address.
  package let host: String
  package let port: Int

  /// - Precondition: `host` is not empty, `port` is 1 to 65,535.
  package init(host: String, port: Int = defaultPort) {
    precondition(!host.isEmpty && (1...65_535).contains(port), "a Redis endpoint has a host and a port")
    self.host = host
    self.port = port
  }

  /// `host`, `host:port`, `[address]:port`, with or without `redis://`.
  ///
  /// - Returns: Nil if it is none of them.
  package init?(_ text: String) {
    var rest = Substring(text)
    if rest.hasPrefix("redis://") { rest = rest.dropFirst(8) }
    if rest.hasSuffix("/") { rest = rest.dropLast() }
    var port = Self.defaultPort
    if let colon = rest.lastIndex(of: ":"), !rest[colon...].contains("]"),
      rest.hasPrefix("[") || rest.firstIndex(of: ":") == colon
    {
      guard let number = Int(rest[rest.index(after: colon)...]) else { return nil }
      port = number
      rest = rest[..<colon]
    }
    if rest.hasPrefix("["), rest.hasSuffix("]") { rest = rest.dropFirst().dropLast() }
    guard !rest.isEmpty, (1...65_535).contains(port), !rest.contains(where: { "/@[] ".contains($0) }) else {
      return nil
    }
    self.init(host: String(rest), port: port)
  }

  package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
