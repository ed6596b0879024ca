/// The agent that gives a container its credentials.
package struct ContainerEndpoint: Sendable {
  /// Where plain HTTP may be spoken: what cannot leave the machine (this list is that of AWS's own SDKs).
  private static let localHosts = [
    "169.254.170.2", "169.254.170.23", "[fd00:ec2::23]", "127.0.0.1", "localhost", "[::1]",
  ]

  package enum Authorization: Sendable {
    case none
    case token(String)
    /// Read anew for each renewal.
    case file(String)
  }

  package let url: String
  package let authorization: Authorization

  /// Nil if `url` is neither `https` nor an address of this machine: who answers there would learn the token, and choose our
  /// credentials.
  package init?(url: String, authorization: Authorization) {
    guard let place = S3Endpoint(url, allowsPath: true), place.isSecure || Self.localHosts.contains(place.host) else {
      return nil
    }
    self.url = url
    self.authorization = authorization
  }
}
