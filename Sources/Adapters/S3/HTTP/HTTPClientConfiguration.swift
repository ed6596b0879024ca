/// Bounds of the HTTP client.
package struct HTTPClientConfiguration: Sendable {
  /// Requests on the wire at a time, each on a connection of its own; 1 to 256.
  package var maximumTransfers = 16
  /// Requests that wait for one of those; a further one is refused with `.unavailable`.
  package var maximumWaiting = 1_024
  /// Until a connection stands, TLS included.
  package var connectTimeout = Duration.seconds(5)
  /// PEM certificates of the authorities to trust, instead of the system's. Nil: the system's.
  package var authoritiesFile: String?

  package init() {}

  package init(
    maximumTransfers: Int = 16, maximumWaiting: Int = 1_024, connectTimeout: Duration = .seconds(5),
    authoritiesFile: String? = nil
  ) {
    precondition((1...256).contains(maximumTransfers), "1 to 256 transfers at a time, not \(maximumTransfers)")
    precondition(maximumWaiting >= 0, "a number of requests that may wait is not negative")
    self.maximumTransfers = maximumTransfers
    self.maximumWaiting = maximumWaiting
    self.connectTimeout = connectTimeout
    self.authoritiesFile = authoritiesFile
  }
}
