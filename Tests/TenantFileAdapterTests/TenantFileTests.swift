import Application
import Domain
import Foundation
import InMemoryAdapter
import OpenSSLAdapter
import TenantDirectoryContract
import TenantFileAdapter
import Testing
import Threads

@Suite("a file of tenants", .timeLimit(.minutes(1)))
struct TenantFileTests {
  private let pool = ThreadPool(name: "tenants", threads: 1)
  private let clock = ScriptedClock()
  private let telemetry = RecordingTelemetry()

  @Test("keeps the contract", arguments: TenantDirectoryPromise.allCases)
  func contract(_ promise: TenantDirectoryPromise) async throws {
    let acme = #""events_per_second": 100, "retention_days": 30"#
    func document(_ acmeKeys: String, _ otherKeys: String) -> String {
      """
      {"defaults": {"bytes_per_second": 7},
       "tenants": {"acme": {\(acme), "keys": [\(acmeKeys)]}, "other": {"keys": [\(otherKeys)]}}}
      """
    }
    let acmeKeys = [
      Self.key("acme-both"), Self.key("acme-send", #", "access": ["write"]"#),
      Self.key("acme-ask", #", "access": ["read"]"#),
    ]
    try await withFile(document(acmeKeys.joined(separator: ","), Self.key("other-both"))) { directory, _ in
      try await withFile(document("", "")) { withoutKeys, _ in
        try promise.check(on: TenantDirectoryStage(directory: directory, withoutKeys: withoutKeys))
      }
    }
  }

  @Test(
    "that is wrong is refused, and the error says where and what",
    arguments: [
      ("{", "not JSON"), ("[]", "has to be an object"), (#"{"tenant": {}}"#, "the field 'tenant' is not known"),
      (#"{"tenants": {"": {}}}"#, "tenants."), (#"{"tenants": {"_x": {}}}"#, "tenants._x"),
      (#"{"tenants": {"a": {"events_per_secnd": 1}}}"#, "at tenants.a: the field 'events_per_secnd' is not known"),
      (#"{"tenants": {"a": {"events_per_second": 0}}}"#, "tenants.a.events_per_second: this has to be a whole number"),
      (#"{"tenants": {"a": {"events_per_second": 1.5}}}"#, "whole number"),
      (#"{"tenants": {"a": {"events_per_second": "5"}}}"#, "whole number"),
      (#"{"tenants": {"a": {"keys": [{"name": "k"}]}}}"#, "tenants.a.keys[0]: the field 'sha256' is missing"),
      (#"{"tenants": {"a": {"keys": [{"sha256": "secret"}]}}}"#, "64 hexadecimal digits"),
      (#"{"tenants": {"a": {"keys": {}}}}"#, "this is an object, and has to be a list of keys"),
      (#"{"defaults": {"keys": []}}"#, "the field 'keys' is not known"),
    ])
  func wrongFile(_ text: String, _ words: String) async throws {
    let error = await #expect(throws: TenantFileError.self) { try await withFile(text) { _, _ in } }
    let description = try #require(error).description
    #expect(description.contains(words), "\(description)")
    #expect(!description.contains("secret"), "what may be a key is not shown")
  }

  @Test("with the same key twice is refused")
  func keyTwice() async throws {
    let text = #"{"tenants": {"a": {"keys": [\#(Self.key("k"))]}, "b": {"keys": [\#(Self.key("k"))]}}}"#
    let error = await #expect(throws: TenantFileError.self) { try await withFile(text) { _, _ in } }
    #expect(try #require(error).description.contains("tenants.b.keys[0].sha256"))
  }

  @Test("that is not there is named")
  func missing() async {
    let error = await #expect(throws: TenantFileError.self) {
      try await TenantFile.open(
        "/nowhere/tenants.json", digest: OpenSSLDigest(), pool: pool, clock: clock, telemetry: telemetry)
    }
    #expect(error?.path == "/nowhere/tenants.json")
  }

  @Test("that changes is read again; a change that is wrong is told once and changes nothing")
  func changes() async throws {
    try await withFile(#"{"tenants": {"a": {"keys": [\#(Self.key("old"))]}}}"#) { directory, path in
      let following = Task { await directory.follow() }
      func pass() async {
        await clock.waitForSleepers()
        clock.advance(by: .seconds(5))
        await clock.waitForSleepers()
      }
      try Data(#"{"tenants": {"a": {"keys": [\#(Self.key("new"))]}}}"#.utf8).write(to: URL(fileURLWithPath: path))
      await pass()
      #expect(throws: TenantRefusal.keyUnknown) { try directory.tenant(forKey: "old", naming: nil, to: .write) }
      #expect(try directory.tenant(forKey: "new", naming: nil, to: .write).text == "a")
      #expect(telemetry.events.contains { if case .tenantsRead(1, 1) = $0 { true } else { false } })
      try Data("{}}".utf8).write(to: URL(fileURLWithPath: path))
      await pass()
      await pass()
      #expect(try directory.tenant(forKey: "new", naming: nil, to: .write).text == "a")
      #expect(directory.problem?.description.contains("not JSON") == true)
      #expect(telemetry.events.count { if case .trouble = $0 { true } else { false } } == 1)
      try Data(#"{"tenants": {"a": {"keys": [\#(Self.key("new"))]}}}"#.utf8).write(to: URL(fileURLWithPath: path))
      await pass()
      #expect(directory.problem == nil)
      following.cancel()
      await following.value
    }
  }

  // MARK: Parts

  private func withFile(
    _ text: String, _ body: (TenantFile<OpenSSLDigest>, String) async throws -> Void
  ) async throws {
    let path = NSTemporaryDirectory() + "tenants-\(UUID().uuidString).json"
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    try await body(
      TenantFile.open(path, digest: OpenSSLDigest(), pool: pool, clock: clock, telemetry: telemetry), path)
  }

  private static func key(_ key: String, _ more: String = "") -> String {
    let bytes = Array(key.utf8)
    let digest = OpenSSLDigest().sha256(bytes.span).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
    return #"{"name": "n", "sha256": "\#(digest.joined())"\#(more)}"#
  }
}
