package import Application
package import Domain

/// Leases in Redis, by its clock. When Redis is away nobody gets one.
///
/// A lease ends by itself on the server `duration` after it was taken there, so a holder counts from before it asked.
package final class RedisLease: Lease {
  private let redis: any RedisServing
  private let prefix: String

  package convenience init(_ client: RedisClient) { self.init(client, prefix: client.configuration.prefix) }

  init(_ redis: any RedisServing, prefix: String) {
    self.redis = redis
    self.prefix = prefix
  }

  package func acquire(
    _ name: String, holder: Identifier128, for duration: Duration
  ) async throws(LeaseError) -> LeaseGrant? {
    let arguments: [[UInt8]] = [
      holder.bytes, .init(decimal: max(1, duration.wholeMilliseconds)), Array("{\(prefix)}:lease-token".utf8),
    ]
    do throws(RedisError) {
      // A replica has it before it counts: else two would hold it after a failover.
      let reply = try await redis.run(
        RedisCommand(RedisScript.acquireLease, key(name), arguments), near: key(name), isDurable: true)
      if reply == .none { return nil }
      return LeaseGrant(token: try reply.number(of: "a lease"), duration: duration)
    } catch { throw LeaseError(error) }
  }

  package func release(_ name: String, holder: Identifier128) async throws(LeaseError) {
    do throws(RedisError) {
      _ = try await redis.run(RedisCommand(RedisScript.releaseLease, key(name), [holder.bytes]), near: key(name))
    } catch { throw LeaseError(error) }
  }

  private func key(_ name: String) -> RedisKey { RedisKey("{\(prefix)}:lease:\(name)") }
}

extension LeaseError {
  init(_ error: RedisError) {
    switch error {
    case .unavailable(let reason, _), .refused(let reason), .corrupt(let reason):
      self = .unavailable(reason: "lease: \(reason)")
    case .cancelled: self = .cancelled
    }
  }
}
