package import Transport

/// Where a processor answers about recent events, and whom.
package struct RecentEventsServerConfiguration: Sendable {
  package static let defaultPort = 50_052

  /// A question is less than 1 KiB: names of 128 bytes, times and numbers.
  static let maximumRequestBytes = 16 << 10

  /// For the `HTTPServer` that carries it.
  package let http: HTTPServerConfiguration
  let secret: ClusterSecret?

  /// - Parameters:
  ///   - address: Numeric. Nil: all addresses with a secret, loopback without.
  ///   - secret: Without one only this machine may ask: events of all tenants are answered.
  /// - Throws: `.misuse` that names the setting: an address that others reach, without a secret.
  package init(
    address: String? = nil, port: Int = defaultPort, secret: ClusterSecret?,
    limits: HTTPServerLimits = HTTPServerLimits()
  ) throws(TransportError) {
    let address = address ?? (secret == nil ? "127.0.0.1" : "0.0.0.0")
    http = try HTTPServerConfiguration(address: address, port: port, protocols: .http2, limits: limits)
    guard secret != nil || Self.isLoopback(address) else {
      throw .misuse(
        detail: "recent events on '\(address)' without a cluster secret: set one, or listen on 127.0.0.1 or ::1")
    }
    self.secret = secret
  }

  private static func isLoopback(_ address: String) -> Bool { address.hasPrefix("127.") || address == "::1" }
}
