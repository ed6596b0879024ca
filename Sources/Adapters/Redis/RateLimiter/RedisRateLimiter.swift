package import Application
package import Domain
import Threads

/// Token buckets that all ingestors share, by the clock of Redis. When Redis is away a limiter of the process's own decides, so
/// that a tenant may for that time send its rate to each ingestor.
///
/// Give it a client with a short `commandTimeout` (250 ms): each batch waits for its answer.
package final class RedisRateLimiter: RateLimiter {
  /// How long Redis is not asked after it did not answer.
  package static let pause = Duration.seconds(1)

  /// Where a tenant's limits say nothing of it.
  package static let standardBurst = Duration.seconds(5)

  private let redis: any RedisServing
  private let prefix: String
  private let limits: @Sendable (TenantID) -> TenantLimits
  private let fallback: any RateLimiter
  private let telemetry: any Telemetry
  private let time: (@Sendable () -> Timestamp)?
  /// Until when the fallback decides; nil: Redis does.
  private let away = Lock<ContinuousClock.Instant?>(nil)

  /// - Parameters:
  ///   - limits: Asked with each batch: cheap.
  ///   - fallback: With the same limits.
  package convenience init(
    _ client: RedisClient, limits: @escaping @Sendable (TenantID) -> TenantLimits, fallback: any RateLimiter,
    telemetry: any Telemetry
  ) {
    self.init(
      client, prefix: client.configuration.prefix, limits: limits, fallback: fallback, telemetry: telemetry)
  }

  /// - Parameter time: In place of the server's clock; nil: the server's.
  init(
    _ redis: any RedisServing, prefix: String, limits: @escaping @Sendable (TenantID) -> TenantLimits,
    fallback: any RateLimiter, telemetry: any Telemetry, time: (@Sendable () -> Timestamp)? = nil
  ) {
    self.redis = redis
    self.prefix = prefix
    self.limits = limits
    self.fallback = fallback
    self.telemetry = telemetry
    self.time = time
  }

  package func admit(_ tenant: TenantID, events: Int, bytes: Int) async -> Admission {
    let limits = limits(tenant)
    if limits.eventsPerSecond == nil, limits.bytesPerSecond == nil { return .admitted }
    if isAway { return await fallback.admit(tenant, events: events, bytes: bytes) }
    do throws(RedisError) {
      let wait = try await ask(tenant, limits, events, bytes)
      if away.withLock({ $0.take() }) != nil {
        telemetry.record(.trouble(area: "redis", reason: "rates are shared again"))
      }
      return wait == .zero ? .admitted : .refused(retryAfter: wait)
    } catch {
      if error != .cancelled { note(error) }
      return await fallback.admit(tenant, events: events, bytes: bytes)
    }
  }

  private func ask(
    _ tenant: TenantID, _ limits: TenantLimits, _ events: Int, _ bytes: Int
  ) async throws(RedisError) -> Duration {
    func word(_ rate: Int?) -> [UInt8] { rate.map { .init(decimal: $0) } ?? [] }
    let now = time.map { [UInt8](decimal: $0().nanoseconds / 1_000) } ?? []
    let arguments: [[UInt8]] = [
      word(limits.eventsPerSecond), word(limits.bytesPerSecond),
      Array("\((limits.burst ?? Self.standardBurst).fractionalSeconds)".utf8),
      .init(decimal: events), .init(decimal: bytes), now,
    ]
    let key = RedisKey("\(prefix):rate:\(tenant.text)")
    let reply = try await redis.run(RedisCommand(RedisScript.admit, key, arguments), near: key)
    return .microseconds(try reply.integer(of: "a rate"))
  }

  private var isAway: Bool {
    away.withLock { end in end.map { ContinuousClock.now < $0 } ?? false }
  }

  private func note(_ error: RedisError) {
    let wasAway = away.withLock { end in
      defer { end = .now + Self.pause }
      return end != nil
    }
    if wasAway { return }
    telemetry.record(
      .trouble(area: "redis", reason: "rates are not shared, each ingestor limits by itself: \(error)"))
  }
}
