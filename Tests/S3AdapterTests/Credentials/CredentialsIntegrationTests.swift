import Application
import Domain
import Foundation
import Testing

@testable import S3Adapter

/// On stand-ins for those who give credentials (Python/stand_in.py).
@Suite("Credentials that are given for a time", .timeLimit(.minutes(1)))
struct CredentialsIntegrationTests {
  enum Source: String, CaseIterable, Sendable { case webIdentity, container, containerWithFile, instanceMetadata }

  @Test("come from each source, and sign requests with their session token", arguments: Source.allCases)
  func sources(_ source: Source) async throws {
    try await Self.withSource(source) { server, configured in
      var configuration = try S3Stage.configuration(at: server)
      configuration.credentials = configured
      configuration.access = .readOnly
      try await S3Stage.withStore(configuration) { store in
        let key = try S3Stage.key("a")
        try await store.put([1], at: key)
        try await store.put([2], at: key)
        let puts = try await server.requests().filter { $0.path == "/logs/a" }
        #expect(puts.count == 2)
        for put in puts {
          #expect(put.headers["x-amz-security-token"] == "session-1")
          #expect(put.headers["authorization"]?.contains("Credential=key-1/") == true)
        }
      }
    }
  }

  @Test("are renewed in time, by one request whoever asks", arguments: Source.allCases)
  func renewal(_ source: Source) async throws {
    try await Self.withSource(source) { server, configured in
      var configuration = try S3Stage.configuration(at: server)
      configuration.credentials = configured
      configuration.access = .readOnly
      // Less than the margin: used, and renewed at once.
      try await server.setLifetime(seconds: 60)
      try await S3Stage.withStore(configuration) { store in
        try await server.setLifetime(seconds: 3_600)
        let key = try S3Stage.key("a")
        func token() async throws -> String? {
          try await store.put([1], at: key)
          return try await server.requests().last { $0.path == "/logs/a" }?.headers["x-amz-security-token"]
        }
        try await withThrowingTaskGroup { group in
          for _ in 0..<8 { group.addTask { try await store.put([1], at: key) } }
          try await group.waitForAll()
        }
        while try await token() != "session-2" { await Task.yield() }
        #expect(try await token() == "session-2")
      }
    }
  }

  @Test("are fetched anew when the server says that they have expired")
  func expired() async throws {
    try await Self.withSource(.container) { server, configured in
      var configuration = try S3Stage.configuration(at: server)
      configuration.credentials = configured
      configuration.access = .readOnly
      try await S3Stage.withStore(configuration) { store in
        try await server.script("[{\"status\": 400, \"body\": \"<Error><Code>ExpiredToken</Code></Error>\"}]")
        try await store.put([1], at: try S3Stage.key("a"))
        let tokens = try await server.requests().filter { $0.path == "/logs/a" }.map {
          $0.headers["x-amz-security-token"]
        }
        #expect(tokens == ["session-1", "session-2"])
      }
    }
  }

  @Test("that are refused say who refused them")
  func refused() async throws {
    try await StandIn.with { server in
      var configuration = try S3Stage.configuration(at: server)
      configuration.credentials = .container(
        try #require(ContainerEndpoint(url: server.url + "/container", authorization: .token("wrong"))))
      let error = try await S3Stage.refusal(toOpen: configuration)
      guard case .rejected(let reason) = error else { throw error }
      #expect(reason.contains("the container's credentials agent at \(server.url)/container answered 403"))
    }
  }

  private static func withSource(
    _ source: Source, _ body: (StandIn, S3CredentialsSource) async throws -> Void
  ) async throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("cordwood-\(UUID().uuidString)")
    try Data((source == .webIdentity ? "web-token\n" : "container-token\n").utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    try await StandIn.with { server in
      let container = server.url + "/container"
      let configured: S3CredentialsSource =
        switch source {
        case .webIdentity:
          .webIdentity(
            WebIdentity(tokenFile: file.path, role: "arn:role/a", sessionName: "test", endpoint: server.url + "/sts"))
        case .container:
          .container(try #require(ContainerEndpoint(url: container, authorization: .token("container-token"))))
        case .containerWithFile:
          .container(try #require(ContainerEndpoint(url: container, authorization: .file(file.path))))
        case .instanceMetadata: .instanceMetadata(endpoint: server.url)
        }
      // The store opens with a listing of an empty bucket; the stand-in answers nothing that is one.
      try await body(server, configured)
    }
  }
}
