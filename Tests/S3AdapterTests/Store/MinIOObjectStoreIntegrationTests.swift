import Application
import InMemoryAdapter
import ObjectStoreContract
import S3Adapter
import TestSupport
import Testing

/// On MinIO, where it is up. The versions of its Apache licence overwrite in spite of `If-None-Match`.
@Suite(
  "S3 object store on MinIO",
  .enabled(
    if: TestService.settings(of: "minio") != nil,
    "neither Debian nor PyPI has MinIO: make test starts it where MINIO_BIN names its executable"),
  .timeLimit(.minutes(2)))
struct MinIOObjectStoreIntegrationTests {
  @Test("keeps the port's promises", arguments: ObjectStorePromise.allCases)
  func keeps(_ promise: ObjectStorePromise) async throws {
    try await S3Stage.withStore(try S3Stage.configuration("minio", "MINIO")) { store in
      try await promise.check(on: store, store.honoursConditions ? .all : [])
    }
  }

  @Test("keeps them when large objects go in parts, with their MD5, too")
  func keepsInParts() async throws {
    var configuration = try S3Stage.configuration("minio", "MINIO")
    (configuration.partBytes, configuration.multipartThreshold) = (5 << 20, 5 << 20)
    configuration.sendsContentMD5 = true
    try await S3Stage.withStore(configuration) {
      try await ObjectStorePromise.keepsEmptyAndLargeObjects.check(on: $0)
    }
  }

  @Test("refuses a second putIfAbsent that does not run beside the first, and says at the start what it cannot")
  func bestEffort() async throws {
    let telemetry = RecordingTelemetry()
    try await S3Stage.withStore(try S3Stage.configuration("minio", "MINIO"), telemetry: telemetry) { store in
      let isTold = telemetry.events.contains {
        if case .trouble(area: _, let reason) = $0 { reason.contains("If-None-Match") } else { false }
      }
      #expect(isTold != store.honoursConditions)
      try await ObjectStorePromise.secondPutIfAbsentIsRefused.check(on: store)
    }
  }

  @Test("deletes many objects by one request")
  func batch() async throws {
    try await S3Stage.withStore(try S3Stage.configuration("minio", "MINIO")) { store in
      let keys = try (0..<1_030).map { try S3Stage.key("folder/\($0)") }
      for key in keys.prefix(10) { try await store.put([1], at: key) }
      try await store.delete(keys)
      #expect(try await store.list(below: "", page: nil, limit: 100).keys.isEmpty)
    }
  }
}
