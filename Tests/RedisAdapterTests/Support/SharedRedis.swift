import Application
import Domain
import Foundation
import InMemoryAdapter
import RedisAdapter
import TestSupport
import Testing

/// The Redis that all tests share; each test has keys of its own.
enum SharedRedis {
  static var address: String? { TestService.settings(of: "redis")?["REDIS_ADDR"] }

  static var isThereOrRequired: Bool { NeededService.isThereOrRequired(address != nil) }

  /// A client whose keys have a prefix of their own, and stay with the server; closed afterwards.
  static func withClient<Result>(_ body: (RedisClient) async throws -> Result) async throws -> Result {
    let address = try #require(address, "REDIS_ADDR is not set")
    let endpoint = try #require(RedisEndpoint(address))
    var configuration = RedisConfiguration()
    configuration.prefix = "test-\(UUID().uuidString)"
    let client = try RedisClient(to: endpoint, configuration, telemetry: RecordingTelemetry())
    do {
      let result = try await body(client)
      await client.close()
      return result
    } catch {
      await client.close()
      throw error
    }
  }
}
