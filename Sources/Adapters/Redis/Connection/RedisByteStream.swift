/// A connection as bytes, used by one thread at a time: plain TCP, or what encrypts it.
protocol RedisByteStream: AnyObject {
  /// Writes all of `bytes`.
  ///
  /// - Throws: `.unavailable` if the peer is gone or has not taken them in time.
  func write(_ bytes: [UInt8], before deadline: ContinuousClock.Instant) throws(RedisError)

  /// Waits for bytes and shows those that are there, at least one, to `body`.
  ///
  /// - Throws: `.unavailable` if the peer is gone or nothing came in time.
  func read(before deadline: ContinuousClock.Instant, _ body: (Span<UInt8>) -> Void) throws(RedisError)

  /// Whether the peer has closed it, or has sent what nobody asked for: then it is of no more use.
  var isStale: Bool { get }
}

/// Makes connections.
protocol RedisConnector: Sendable {
  /// On a thread that may block.
  func connect(
    to endpoint: RedisEndpoint, before deadline: ContinuousClock.Instant
  ) throws(RedisError) -> any RedisByteStream
}

/// Says where the server is, anew before each attempt to connect: a fixed place, or whom a sentinel names.
protocol RedisEndpointResolver: Sendable {
  /// On a thread that may block.
  func endpoint(before deadline: ContinuousClock.Instant) throws(RedisError) -> RedisEndpoint
}

/// A server that stays where it is.
struct FixedEndpoint: RedisEndpointResolver {
  let place: RedisEndpoint

  func endpoint(before deadline: ContinuousClock.Instant) throws(RedisError) -> RedisEndpoint { place }
}
