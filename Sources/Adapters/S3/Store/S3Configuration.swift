/// An object store on an S3 server: where, as whom, and with which bounds.
package struct S3Configuration: Sendable {
  package enum Access: Sendable {
    /// Nothing is written, not even the probes at the start.
    case readOnly
    case readWrite
  }

  /// Sent with each object; the server refuses what does not match it.
  package enum Checksum: Sendable {
    /// `x-amz-checksum-crc32c`.
    case crc32c
    /// `x-amz-checksum-sha256`.
    case sha256
    /// For servers that refuse the header. Over plain HTTP the signature covers the payload all the same.
    case none
  }

  package var location: S3Location
  package var credentials: S3CredentialsSource
  package var access = Access.readWrite
  /// Whether a bucket that is missing is made at the start.
  package var createsBucket = false
  package var checksum = Checksum.crc32c
  /// Also with objects and parts: some servers want `Content-MD5` where a retention lock is on the bucket.
  package var sendsContentMD5 = false
  /// The time of a request without its payload.
  package var requestTimeout = Duration.seconds(30)
  /// What a slow network must do at least: each payload has so much more time.
  package var minimumBytesPerSecond = 1 << 20
  /// Larger objects go in parts.
  package var multipartThreshold = 64 << 20
  /// 5 MiB at least, as S3 demands, and so much that 10,000 parts suffice.
  package var partBytes = 16 << 20
  /// Parts of one object on the wire at a time.
  package var partsAtOnce = 4
  /// A server that asks for a longer pause is asked again after this one.
  package var maximumRetryAfter = Duration.seconds(30)
  package var http = HTTPClientConfiguration()

  package init(location: S3Location, credentials: S3CredentialsSource) {
    self.location = location
    self.credentials = credentials
  }

  /// - Throws: Which bound is out of its range.
  func validate() throws(S3ConfigurationError) {
    guard partBytes >= 5 << 20 else {
      throw S3ConfigurationError("a part has \(partBytes) bytes: S3 takes none of less than 5 MiB")
    }
    guard multipartThreshold >= partBytes, multipartThreshold <= 5 << 30 else {
      throw S3ConfigurationError(
        "objects of more than \(multipartThreshold) bytes go in parts: expected at least a part's \(partBytes), at most 5 GiB"
      )
    }
    guard partsAtOnce >= 1, minimumBytesPerSecond >= 1, requestTimeout > .zero, maximumRetryAfter >= .zero else {
      throw S3ConfigurationError("parts at a time, bytes a second and time-outs are at least 1")
    }
  }

  func timeout(bytes: Int) -> Duration { requestTimeout + .seconds(Double(bytes) / Double(minimumBytesPerSecond)) }
}
