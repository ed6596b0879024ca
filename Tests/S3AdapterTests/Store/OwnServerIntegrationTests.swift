import Application
import Domain
import TestSupport
import Testing

@testable import S3Adapter

/// On a SeaweedFS of the test's own: over TLS, and killed.
@Suite(
  "S3 object store on a server of its own",
  .enabled(if: S3Stage.isSeaweedThereOrRequired, "start it with Tests/Services/services.sh up s3"), .serialized,
  .timeLimit(.minutes(2)))
struct OwnServerIntegrationTests {
  @Test("trusts whom the file of authorities names, and nobody else")
  func authorities() async throws {
    try await TestService.withOwn("s3", ports: ["S3_PORT"], environment: ["S3_TLS": "1"]) { server in
      var configuration = try S3Stage.configuration(server.settings, "S3")
      #expect(configuration.location.endpoint.isSecure)
      try await S3Stage.withStore(configuration) { store in
        let key = try S3Stage.key("a")
        try await store.put([1, 2], at: key)
        #expect(try await store.get(key, range: 1..<2) == [2])
      }
      configuration.http.authoritiesFile = nil
      let error = try await S3Stage.refusal(toOpen: configuration)
      guard case .rejected(let reason) = error else { throw error }
      #expect(reason.contains("certificate is not trusted"))
    }
  }

  @Test("is unavailable while its server is killed, and has all that it acknowledged when that is back")
  func killed() async throws {
    try await TestService.withOwn("s3", ports: ["S3_PORT"]) { server in
      try await S3Stage.withStore(try S3Stage.configuration(server.settings, "S3")) { store in
        let keys = try (0..<20).map { try S3Stage.key("folder/\($0)") }
        for (number, key) in keys.enumerated() { try await store.put([UInt8(number)], at: key) }
        try await server.kill()
        let error = try await S3Stage.error { () async throws(ObjectStoreError) in
          try await store.get(keys[0], limit: 1)
        }
        guard case .unavailable = error else { throw error }
        try await server.start()
        for (number, key) in keys.enumerated() { #expect(try await store.get(key, limit: 1) == [UInt8(number)]) }
      }
    }
  }
}
