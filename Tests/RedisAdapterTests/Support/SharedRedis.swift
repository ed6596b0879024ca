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

  /// A client whose keys have a prefix of their own; closed afterwards, and its keys removed.
  static func withClient<Result>(
    _ change: (inout RedisConfiguration) -> Void = { _ in }, _ body: (RedisClient) async throws -> Result
  ) async throws -> Result {
    let client = try self.client(change)
    do {
      let result = try await body(client)
      await client.close()
      return result
    } catch {
      await client.close()
      throw error
    }
  }

  static func client(_ change: (inout RedisConfiguration) -> Void = { _ in }) throws -> RedisClient {
    let address = try #require(address, "REDIS_ADDR is not set")
    let endpoint = try #require(RedisEndpoint(address))
    var configuration = RedisConfiguration()
    configuration.prefix = "test-\(UUID().uuidString)"
    change(&configuration)
    return try RedisClient(to: endpoint, configuration, telemetry: RecordingTelemetry())
  }
}
