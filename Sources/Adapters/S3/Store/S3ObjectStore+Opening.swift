package import Application
import Domain
package import Threads

extension S3ObjectStore {
  /// Where the probes are written: a name that no flush and no snapshot has.
  private static let probeFolder = "_system/probe"

  /// Opens the store: looks into the bucket, makes it if it is missing and that is allowed, and tries whether the server
  /// honours `If-None-Match` by writing an object twice.
  ///
  /// - Parameters:
  ///   - identifiers: Name the probe, which is deleted again.
  ///   - pool: Digests large payloads, reads token files.
  /// - Throws: `.rejected` if a setting cannot be, the bucket is not there, or the credentials may not do this; `.unavailable`
  ///   if the server does not answer.
  package static func open(
    _ configuration: S3Configuration, clock: any WallClock, identifiers: any Identifiers, pool: ThreadPool,
    telemetry: any Telemetry
  ) async throws(ObjectStoreError) -> S3ObjectStore {
    do throws(S3ConfigurationError) { try configuration.validate() } catch {
      throw .rejected(reason: error.description)
    }
    let http: HTTPClient
    do throws(HTTPTransferError) { http = try HTTPClient(configuration.http) } catch {
      throw .rejected(reason: "no HTTP client: \(error)")
    }
    let request = CredentialsRequest(http: http, pool: pool, timeout: .seconds(10))
    let credentials = RenewedCredentials(
      configuration.credentials.fetching(request), clock: clock, telemetry: telemetry)
    let client = S3Client(configuration, http, credentials, clock: clock, telemetry: telemetry, pool: pool)
    let store = S3ObjectStore(client, honoursConditions: false)
    do throws(ObjectStoreError) {
      try await store.findBucket()
      guard configuration.access == .readWrite else { return store }
      let honours = try await store.probe("\(Self.probeFolder)-\(identifiers.next())")
      if !honours {
        telemetry.record(
          .trouble(
            area: "s3",
            reason: "\(configuration.location.endpoint) ignores If-None-Match on a write: putIfAbsent looks first and "
              + "writes then, which is no protection against two at the same time"))
      }
      return S3ObjectStore(client, honoursConditions: honours)
    } catch {
      await client.close()
      throw error
    }
  }

  /// Looks into the bucket by a listing: an answer to HEAD has no room for the reason of a refusal.
  private func findBucket() async throws(ObjectStoreError) {
    do throws(S3CallError) { _ = try await client.send(listing(below: "", page: nil, limit: 1)) } catch {
      if case .refused(let failure) = error, failure.code == "NoSuchBucket", configuration.createsBucket,
        configuration.access == .readWrite
      {
        return try await makeBucket()
      }
      throw failed("list", nil, error)
    }
  }

  private func makeBucket() async throws(ObjectStoreError) {
    // `us-east-1` must not be named (https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html).
    let region = configuration.location.region
    let body =
      region == "us-east-1"
      ? ""
      : "<CreateBucketConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><LocationConstraint>"
        + "\(XMLText.escaped(region))</LocationConstraint></CreateBucketConfiguration>"
    do throws(S3CallError) {
      _ = try await client.send(S3Request(method: .put, body: Array(body.utf8)[...]))
    } catch {
      // Another process was faster.
      if case .refused(let failure) = error, failure.code == "BucketAlreadyOwnedByYou" { return }
      throw failed("make bucket", nil, error)
    }
  }

  /// Whether a second write is refused. Servers answer 412 (they honour it), 200 (they ignore it and overwrite), or 501 (they
  /// do not know it).
  private func probe(_ name: String) async throws(ObjectStoreError) -> Bool {
    guard let key = ObjectKey(name) else { preconditionFailure("'\(name)' is no object key") }
    try await put(Array("first".utf8), at: key)
    let honours: Bool
    do throws(S3CallError) {
      try await send(Array("second".utf8), at: key, condition: Self.ifAbsent)
      honours = false
    } catch {
      switch error {
      case .refused(let failure) where failure.status == 412: honours = true
      case .refused(let failure) where failure.status == 501: honours = false
      default: throw failed("probe", key, error)
      }
    }
    // Who may not delete leaves a few bytes behind: no reason not to start.
    do throws(ObjectStoreError) { try await delete(key) } catch {
      if case .cancelled = error { throw error }
    }
    return honours
  }
}

extension S3CredentialsSource {
  fileprivate func fetching(_ request: CredentialsRequest) -> any CredentialsFetching {
    switch self {
    case .fixed(let credentials): FixedCredentials(credentials: credentials)
    case .webIdentity(let identity): WebIdentityCredentials(identity: identity, request: request)
    case .container(let endpoint): ContainerCredentials(endpoint: endpoint, request: request)
    case .instanceMetadata(let endpoint): InstanceMetadataCredentials(endpoint: endpoint, request: request)
    }
  }
}
