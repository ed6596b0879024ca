import Composition

/// Where the query service is: plain HTTP, no path.
struct ServerAddress: Hashable, Sendable, CustomStringConvertible {
  static let defaultPort: UInt16 = 8080
  static let local = ServerAddress(HostPort("127.0.0.1:\(defaultPort)"))

  let endpoint: HostPort

  /// - Parameter endpoint: Not nil; an optional, so that a constant can be written as text.
  private init(_ endpoint: HostPort?) {
    guard let endpoint else { preconditionFailure("a constant address that is none") }
    self.endpoint = endpoint
  }

  /// Reads `http://host:port`, `http://host`, `host:port` or `host`; nil for anything else.
  init?(_ text: String) {
    var rest = text[...]
    if rest.hasPrefix("http://") { rest = rest.dropFirst(7) }
    if rest.hasSuffix("/") { rest = rest.dropLast() }
    guard let endpoint = HostPort(String(rest)) ?? HostPort("\(rest):\(Self.defaultPort)") else { return nil }
    self.endpoint = endpoint
  }

  var description: String { "http://\(endpoint)" }
}

extension ValueForm where Value == ServerAddress {
  static var serverAddress: Self {
    ValueForm(
      placeholder: "URL", expectation: "an address like http://127.0.0.1:8080, without a path (https is not supported)",
      parse: ServerAddress.init, text: { $0.description })
  }
}
