import Application
import Domain
import Foundation
import InMemoryAdapter
import InProcessAdapter
import Testing
import TestSupport
import Threads

@testable import S3Adapter

/// What the tests of the store share.
enum S3Stage {
  static let isSeaweedThereOrRequired = NeededService.isThereOrRequired(TestService.settings(of: "s3") != nil)
  static let pool = ThreadPool(name: "s3-test", threads: 2)
  static let credentials = S3Credentials(accessKey: "access", secretKey: "secret")

  /// A shared server's settings as its file in Tests/Services/services prints them, under names that begin with `prefix`.
  static func configuration(_ service: String, _ prefix: String) throws -> S3Configuration {
    try configuration(try #require(TestService.settings(of: service), "\(service) is not up"), prefix)
  }

  static func configuration(_ settings: [String: String], _ prefix: String) throws -> S3Configuration {
    func setting(_ name: String) throws -> String { try #require(settings["\(prefix)_\(name)"]) }
    let endpoint = try #require(S3Endpoint(setting("ENDPOINT")))
    // Each test in a folder of its own of the one bucket.
    let location = try S3Location(
      endpoint: endpoint, region: setting("REGION"), bucket: setting("BUCKET"),
      prefix: "test-\(RandomIdentifiers().next())")
    var configuration = S3Configuration(
      location: location,
      credentials: .fixed(S3Credentials(accessKey: try setting("ACCESS_KEY"), secretKey: try setting("SECRET_KEY"))))
    configuration.http.authoritiesFile = settings["\(prefix)_CA_FILE"]
    return configuration
  }

  /// Opens the store for as long as `body` runs.
  static func withStore<Result>(
    _ configuration: S3Configuration, clock: any WallClock = SystemClock(),
    telemetry: any Telemetry = RecordingTelemetry(),
    _ body: (S3ObjectStore) async throws -> Result
  ) async throws -> Result {
    try await closing(
      S3ObjectStore.open(
        configuration, clock: clock, identifiers: RandomIdentifiers(), pool: pool, telemetry: telemetry), after: body)
  }

  /// A store that is open already, on a server that answers as it is told.
  static func withStore<Result>(
    on server: StandIn, honoursConditions: Bool = true, clock: any WallClock = SystemClock(),
    telemetry: any Telemetry = RecordingTelemetry(), credentials source: (any CredentialsFetching)? = nil,
    change: (inout S3Configuration) -> Void = { _ in }, _ body: (S3ObjectStore) async throws -> Result
  ) async throws -> Result {
    var configuration = try configuration(at: server)
    change(&configuration)
    let fetching = source ?? FixedCredentials(credentials: credentials)
    let client = S3Client(
      configuration, try HTTPClient(configuration.http),
      RenewedCredentials(fetching, clock: clock, telemetry: telemetry), clock: clock, telemetry: telemetry, pool: pool)
    return try await closing(S3ObjectStore(client, honoursConditions: honoursConditions), after: body)
  }

  private static func closing<Result>(
    _ store: S3ObjectStore, after body: (S3ObjectStore) async throws -> Result
  ) async throws -> Result {
    do {
      let result = try await body(store)
      await store.close()
      return result
    } catch {
      await store.close()
      throw error
    }
  }

  static func configuration(at server: StandIn) throws -> S3Configuration {
    let location = try S3Location(
      endpoint: try #require(S3Endpoint(server.url)), region: "us-east-1", bucket: "logs", prefix: "")
    return S3Configuration(location: location, credentials: .fixed(credentials))
  }

  static func key(_ text: String) throws -> ObjectKey { try #require(ObjectKey(text)) }

  /// Why a store that must not open does not.
  static func refusal(toOpen configuration: S3Configuration) async throws -> ObjectStoreError {
    try await error { () async throws(ObjectStoreError) in
      try await S3ObjectStore.open(
        configuration, clock: SystemClock(), identifiers: RandomIdentifiers(), pool: pool,
        telemetry: RecordingTelemetry())
    }
  }

  /// The error of a call that must fail.
  static func error<Result>(
    of call: () async throws(ObjectStoreError) -> Result
  ) async throws -> ObjectStoreError {
    do throws(ObjectStoreError) { _ = try await call() } catch { return error }
    throw StandIn.Failure(description: "it was to fail, and did not")
  }
}
