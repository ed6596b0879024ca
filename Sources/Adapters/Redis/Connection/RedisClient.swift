package import Application

/// Connections to one Redis server, shared by all that is kept there.
package final class RedisClient: RedisServing {
  package let configuration: RedisConfiguration
  private let lanes: [RedisLane]

  /// Connects when the first call comes.
  ///
  /// - Throws: `.refused` if a value of the configuration is out of its range.
  package convenience init(
    to endpoint: RedisEndpoint, _ configuration: RedisConfiguration = RedisConfiguration(), telemetry: any Telemetry
  ) throws(RedisError) {
    try self.init(
      resolver: FixedEndpoint(place: endpoint), connector: TCPConnector(), configuration, telemetry: telemetry)
  }

  init(
    resolver: any RedisEndpointResolver, connector: any RedisConnector, _ configuration: RedisConfiguration,
    telemetry: any Telemetry
  ) throws(RedisError) {
    try configuration.check()
    self.configuration = configuration
    lanes = (0..<configuration.connections).map { number in
      RedisLane(number: number, configuration, resolver: resolver, connector: connector, telemetry: telemetry)
    }
  }

  /// Whether the server answers, is one that we may use, and stores as it must.
  package func check() async throws(RedisError) {
    _ = try await run(RedisCommand("PING"), near: RedisKey(configuration.prefix))
  }

  /// Fails what waits and what comes later, and closes the connections.
  package func close() async {
    for lane in lanes { await lane.close() }
  }

  func run(
    _ commands: [RedisCommand], near key: RedisKey, isDurable: Bool
  ) async throws(RedisError) -> [RedisReply] {
    if commands.isEmpty { return [] }
    if Task.isCancelled { throw .cancelled }
    let call = PendingCall(
      commands, isDurable: isDurable, deadline: .now + configuration.commandTimeout)
    // The least busy one: what waits for a replica holds its own connection only.
    guard let lane = lanes.min(by: { $0.load < $1.load }) else {
      throw .refused("a client without a connection")
    }
    return try await lane.perform(call).get()
  }
}
