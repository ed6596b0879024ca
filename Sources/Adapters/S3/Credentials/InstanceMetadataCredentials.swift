/// Credentials of the machine's role, by EC2's metadata service, version 2: a token first, then the role's name, then its
/// credentials (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-security-credentials.html).
struct InstanceMetadataCredentials: CredentialsFetching {
  private static let source = "the instance metadata service"

  let endpoint: String
  let request: CredentialsRequest

  func fetch() async throws(CredentialsError) -> S3Credentials {
    let lifetime = HTTPHeader("X-aws-ec2-metadata-token-ttl-seconds", "60")
    let token = try await text(.put, "/latest/api/token", [lifetime])
    let header = HTTPHeader("X-aws-ec2-metadata-token", token)
    let folder = "/latest/meta-data/iam/security-credentials/"
    let role = try await text(.get, folder, [header])
    guard !role.isEmpty, role.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else {
      throw .denied(reason: "\(Self.source) names no role: give the machine an instance profile")
    }
    let body = try await request.body(
      Self.source, .get, endpoint + folder + PercentEncoding.encoded(role), [header])
    return try CredentialsDocument.credentials(body, Self.source)
  }

  /// The first line of an answer.
  private func text(
    _ method: HTTPRequest.Method, _ path: String, _ headers: [HTTPHeader]
  ) async throws(CredentialsError) -> String {
    let body = try await request.body(Self.source, method, endpoint + path, headers)
    let text = String(decoding: body, as: UTF8.self)
    return text.split(separator: "\n").first.map { $0.trimmingSpaces } ?? ""
  }
}
