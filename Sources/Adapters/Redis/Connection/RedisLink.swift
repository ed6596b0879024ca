import Application

/// A connection that is made anew when it was lost. Used on the one thread of its lane.
final class RedisLink: @unchecked Sendable {  // all that changes is touched on the lane's thread only
  private let configuration: RedisConfiguration
  private let resolver: any RedisEndpointResolver
  private let connector: any RedisConnector
  private let telemetry: any Telemetry
  private var connection: RedisConnection?
  private var pacing: ReconnectPacing
  private var told: Set<String> = []

  init(
    _ configuration: RedisConfiguration, resolver: any RedisEndpointResolver, connector: any RedisConnector,
    telemetry: any Telemetry
  ) {
    self.configuration = configuration
    self.resolver = resolver
    self.connector = connector
    self.telemetry = telemetry
    pacing = ReconnectPacing(configuration.reconnectWaits)
  }

  /// Settles all calls: with their answers, or with why there are none.
  func perform(_ calls: [PendingCall]) {
    let now = ContinuousClock.now
    var open: [PendingCall] = []
    for call in calls where !call.isSettled {
      if call.deadline > now {
        open.append(call)
      } else {
        call.settle(.failure(.unavailable(reason: "redis is too slow: the call waited too long", retryAfter: nil)))
      }
    }
    if open.isEmpty { return }
    do throws(RedisError) {
      try connected().perform(open, replicaTimeout: configuration.replicaTimeout)
    } catch {
      connection = nil
      for call in open { call.settle(.failure(error)) }
    }
  }

  func close() { connection = nil }

  private func connected() throws(RedisError) -> RedisConnection {
    if let connection, !connection.isStale { return connection }
    connection = nil
    if let wait = pacing.wait(at: .now) {
      throw .unavailable(reason: "redis cannot be reached; the next attempt is due soon", retryAfter: wait)
    }
    do throws(RedisError) {
      let deadline = ContinuousClock.now + configuration.connectTimeout
      let stream = try connector.connect(to: try resolver.endpoint(before: deadline), before: deadline)
      let (made, warnings) = try RedisConnection.open(
        on: stream, configuration, scripts: RedisScript.all, before: deadline)
      for warning in warnings where told.insert(warning).inserted {
        telemetry.record(.trouble(area: "redis", reason: warning))
      }
      pacing.succeeded()
      connection = made
      return made
    } catch {
      pacing.failed(at: .now, chance: .random(in: 0...1))
      throw error
    }
  }
}
