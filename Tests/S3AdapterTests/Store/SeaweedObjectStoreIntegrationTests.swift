import Application
import Domain
import ObjectStoreContract
import S3Adapter
import TestSupport
import Testing

/// On SeaweedFS, which honours `If-None-Match` and does not list bytewise.
@Suite(
  "S3 object store on SeaweedFS",
  .enabled(if: S3Stage.isSeaweedThereOrRequired, "start it with Tests/Services/services.sh up s3"),
  .timeLimit(.minutes(2)))
struct SeaweedObjectStoreIntegrationTests {
  @Test("keeps the port's promises", arguments: ObjectStorePromise.allCases)
  func keeps(_ promise: ObjectStorePromise) async throws {
    try await S3Stage.withStore(try S3Stage.configuration("s3", "S3")) { store in
      #expect(store.honoursConditions)
      try await promise.check(on: store)
    }
  }

  @Test("keeps them when large objects go in parts", arguments: [ObjectStorePromise.keepsEmptyAndLargeObjects])
  func keepsInParts(_ promise: ObjectStorePromise) async throws {
    var configuration = try S3Stage.configuration("s3", "S3")
    (configuration.partBytes, configuration.multipartThreshold) = (5 << 20, 5 << 20)
    try await S3Stage.withStore(configuration) { try await promise.check(on: $0) }
  }

  @Test("takes each kind of checksum", arguments: [S3Configuration.Checksum.crc32c, .sha256, .none])
  func checksums(_ checksum: S3Configuration.Checksum) async throws {
    var configuration = try S3Stage.configuration("s3", "S3")
    configuration.checksum = checksum
    configuration.sendsContentMD5 = true
    try await S3Stage.withStore(configuration) { store in
      let key = try S3Stage.key("a")
      try await store.put([1, 2, 3], at: key)
      #expect(try await store.get(key, limit: 3) == [1, 2, 3])
    }
  }

  @Test("deletes many objects by one request, those that are not there too")
  func batch() async throws {
    try await S3Stage.withStore(try S3Stage.configuration("s3", "S3")) { store in
      let keys = try (0..<30).map { try S3Stage.key("folder/\($0)") }
      for key in keys.prefix(20) { try await store.put([1], at: key) }
      try await store.delete(Array(keys.dropFirst(5)))
      #expect(try await store.list(below: "folder", page: nil, limit: 100).keys.sorted() == keys.prefix(5).sorted())
    }
  }

  @Test("names a bucket that is missing")
  func missingBucket() async throws {
    var configuration = try S3Stage.configuration("s3", "S3")
    let given = configuration.location
    let bucket = "made-\(given.prefix.suffix(32))"
    configuration.location = try S3Location(endpoint: given.endpoint, region: given.region, bucket: bucket)
    configuration.access = .readOnly
    let error = try await S3Stage.refusal(toOpen: configuration)
    guard case .rejected(let reason) = error else { throw error }
    #expect(reason.contains("'\(bucket)'"))
  }

  @Test("tells who may only read that a write is not allowed")
  func reader() async throws {
    var configuration = try S3Stage.configuration("s3", "S3")
    let settings = try #require(TestService.settings(of: "s3"))
    configuration.credentials = .fixed(
      S3Credentials(
        accessKey: try #require(settings["S3_READER_KEY"]), secretKey: try #require(settings["S3_READER_SECRET"])))
    configuration.access = .readOnly
    try await S3Stage.withStore(configuration) { store in
      let key = try S3Stage.key("a")
      let error = try await S3Stage.error { () async throws(ObjectStoreError) in try await store.put([1], at: key) }
      guard case .rejected(let reason) = error else { throw error }
      #expect(reason.contains("AccessDenied"))
      #expect(reason.contains("put of '\(configuration.location.prefix)/a' in bucket"))
    }
  }

  @Test("tells a wrong secret from a wrong key")
  func wrongSecret() async throws {
    var configuration = try S3Stage.configuration("s3", "S3")
    for (key, secret, code) in [
      ("cordwood", "wrong", "SignatureDoesNotMatch"), ("nobody", "wrong", "InvalidAccessKeyId"),
    ] {
      configuration.credentials = .fixed(S3Credentials(accessKey: key, secretKey: secret))
      let error = try await S3Stage.refusal(toOpen: configuration)
      guard case .rejected(let reason) = error else { throw error }
      #expect(reason.contains(code))
      #expect(!reason.contains(secret))
    }
  }
}
