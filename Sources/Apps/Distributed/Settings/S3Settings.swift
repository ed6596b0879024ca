package import Composition
import FoundationEssentials
import S3Adapter
import Serving

/// How the object store is reached.
package enum S3Settings {
  static let endpoint = Setting(
    "S3_ENDPOINT", .s3, default: S3Endpoint("http://127.0.0.1:9000"),
    "Where the object store is; without a scheme: http.")
  static let bucket = Setting(
    "S3_BUCKET", .text("BUCKET", "a bucket's name"), default: "cordwood", "Bucket; made if it is missing.")
  static let region = Setting(
    "S3_REGION", .text("REGION", "a region's name"), default: "us-east-1", "Region that requests are signed for.")
  static let credentials = Setting(
    "S3_CREDENTIALS", .choice, default: S3CredentialsChoice.keys,
    "keys: the two below; aws: as Amazon's SDKs find them by the AWS_ variables, renewed before they expire.")
  static let accessKey = Setting("S3_ACCESS_KEY", .text("KEY"), default: "minioadmin", "Access key.")
  static let secretKey = Setting(
    "S3_SECRET_KEY", .secret, default: Secret("minioadmin"), "Secret key; the default is that of MinIO's demo.")
  static let prefix = Setting(
    "S3_PREFIX", .text("PREFIX", "segments joined by /"), otherwise: "none", "What the names of all objects begin with."
  )
  static let addressing = Setting(
    "S3_ADDRESSING", .choice, default: S3AddressingChoice.path,
    "path: server/bucket/key; virtual-host: bucket.server/key, as Amazon wants it of new buckets.")
  static let authorities = Setting(
    "S3_CA_FILE", .path, otherwise: "the system's", "Certificates of the authorities to trust, as PEM.")

  package static let all: [any DeclaredSetting] = [
    endpoint, bucket, region, credentials, accessKey, secretKey, prefix, addressing, authorities,
  ]

  static func configuration(
    _ settings: Settings, access: S3Configuration.Access
  ) throws -> S3Configuration {
    guard let endpoint = settings[endpoint] else { throw ServingFailure("S3_ENDPOINT names no server") }
    let region = settings[region]
    let location = try S3Location(
      endpoint: endpoint, region: region, bucket: settings[bucket],
      addressing: settings[addressing] == .path ? .path : .virtualHost, prefix: settings[prefix] ?? "")
    let source: S3CredentialsSource
    switch settings[credentials] {
    case .keys:
      source = .fixed(
        S3Credentials(accessKey: settings[accessKey], secretKey: settings[secretKey].exposed))
    case .aws: source = try .chosen(by: ProcessInfo.processInfo.environment, region: region)
    }
    var configuration = S3Configuration(location: location, credentials: source)
    configuration.access = access
    configuration.createsBucket = access == .readWrite
    configuration.http.authoritiesFile = settings[authorities]
    return configuration
  }
}
