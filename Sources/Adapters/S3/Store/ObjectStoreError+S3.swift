import Application
import Domain

extension ObjectStoreError {
  /// Slower than this nobody asks whom the server told to slow down without a time.
  private static let slowDown = Duration.seconds(1)

  /// - Parameters:
  ///   - call: What was asked, for whom to read it: `put of 'key' in bucket 'logs' at https://…`.
  ///   - key: Nil where the call is about no single object.
  init(_ error: S3CallError, _ call: String, _ key: ObjectKey?, _ configuration: S3Configuration) {
    switch error {
    case .credentials(.cancelled), .transfer(.cancelled): self = .cancelled
    case .credentials(.unavailable(let reason)): self = .unavailable(retryAfter: nil, reason: "\(call): \(reason)")
    case .credentials(.denied(let reason)): self = .rejected(reason: "\(call): \(reason)")
    case .unexpected(let reason): self = .unavailable(retryAfter: nil, reason: "\(call): \(reason)")
    case .transfer(let error): self.init(error, call)
    case .refused(let failure): self.init(failure, call, key, configuration)
    }
  }

  private init(_ error: HTTPTransferError, _ call: String) {
    switch error {
    case .timedOut(let reason): self = .unavailable(retryAfter: nil, reason: "\(call): no answer in time: \(reason)")
    case .broken(let reason): self = .unavailable(retryAfter: nil, reason: "\(call): \(reason)")
    case .queueIsFull(let limit):
      self = .unavailable(
        retryAfter: Self.slowDown, reason: "\(call): \(limit) requests are under way already, as many as may be")
    case .untrusted(let reason):
      self = .rejected(
        reason:
          "\(call): the server's certificate is not trusted: \(reason); name the file of its authority (S3_CA_FILE)")
    case .invalid(let reason): self = .rejected(reason: "\(call): \(reason); check the endpoint")
    case .tooLarge(let bytes):
      self = .unavailable(retryAfter: nil, reason: "\(call): the answer is larger than any should be: \(bytes) bytes")
    case .closed: self = .rejected(reason: "\(call): the store is closed")
    case .cancelled: self = .cancelled
    }
  }

  private init(_ failure: S3Failure, _ call: String, _ key: ObjectKey?, _ configuration: S3Configuration) {
    let reason = "\(call): \(failure.summary)"
    let location = configuration.location
    let asked = failure.retryAfter.map { min($0, configuration.maximumRetryAfter) }
    switch failure.code {
    case "NoSuchKey", "NotFound":
      self = key.map { .notFound($0) } ?? .rejected(reason: reason)
    case "NoSuchBucket":
      self = .rejected(
        reason: "\(reason); make the bucket '\(location.bucket)', or allow it to be made (S3_CREATE_BUCKET)")
    case "PreconditionFailed":
      self = key.map { .alreadyExists($0) } ?? .rejected(reason: reason)
    case "SlowDown", "SlowDownRead", "SlowDownWrite", "ServiceUnavailable", "Throttling", "ThrottlingException",
      "TooManyRequests", "RequestLimitExceeded", "BandwidthLimitExceeded":
      self = .unavailable(retryAfter: asked ?? Self.slowDown, reason: reason)
    case "RequestTimeout", "InternalError", "OperationAborted", "ConditionalRequestConflict", "NoSuchUpload",
      "BadDigest",
      "IncompleteBody", "XAmzContentSHA256Mismatch", "XAmzContentChecksumMismatch":
      // The last three: it was changed on its way. NoSuchUpload: somebody aborted it.
      self = .unavailable(retryAfter: asked, reason: reason)
    case "QuotaExceeded", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded", "InsufficientCapacity":
      self = .full(reason: reason)
    case "AccessDenied", "AllAccessDisabled", "AccountProblem":
      self = .rejected(reason: "\(reason); allow these credentials the action on '\(location.bucket)'")
    case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "ExpiredToken", "TokenRefreshRequired",
      "ExpiredTokenException", "InvalidClientTokenId":
      self = .rejected(
        reason: "\(reason); check access key, secret key and session token, and the region '\(location.region)'")
    case "RequestTimeTooSkewed":
      self = .rejected(reason: "\(reason); set this machine's clock")
    default: self.init(status: failure, reason, asked, key, location)
    }
  }

  /// By the status, where the code says nothing.
  private init(
    status failure: S3Failure, _ reason: String, _ asked: Duration?, _ key: ObjectKey?, _ location: S3Location
  ) {
    if let region = failure.region, region != location.region {
      self = .rejected(
        reason:
          "\(reason); the bucket '\(location.bucket)' is in the region '\(region)', not '\(location.region)': set S3_REGION"
      )
      return
    }
    switch failure.status {
    case 301, 302, 308:
      self = .rejected(reason: "\(reason); the bucket is at another endpoint: set S3_ENDPOINT and S3_REGION")
    // Just after a bucket was made, until names are known everywhere.
    case 307: self = .unavailable(retryAfter: asked ?? Self.slowDown, reason: reason)
    case 404: self = key.map { .notFound($0) } ?? .rejected(reason: reason)
    case 412: self = key.map { .alreadyExists($0) } ?? .rejected(reason: reason)
    case 408, 409, 425, 500, 502, 504: self = .unavailable(retryAfter: asked, reason: reason)
    case 429, 503: self = .unavailable(retryAfter: asked ?? Self.slowDown, reason: reason)
    case 507: self = .full(reason: reason)
    case 501, 505, 400..<500: self = .rejected(reason: reason)
    default: self = .unavailable(retryAfter: asked, reason: reason)
    }
  }
}
