import Domain

/// Credentials in exchange for a token, by `AssumeRoleWithWebIdentity`
/// (https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html).
struct WebIdentityCredentials: CredentialsFetching {
  private static let source = "the security token service"

  let identity: WebIdentity
  let request: CredentialsRequest

  func fetch() async throws(CredentialsError) -> S3Credentials {
    let token = try await request.token(Self.source, file: identity.tokenFile)
    let form = CanonicalQuery.text([
      ("Action", "AssumeRoleWithWebIdentity"), ("Version", "2011-06-15"), ("RoleArn", identity.role),
      ("RoleSessionName", identity.sessionName), ("WebIdentityToken", token),
    ])
    let body = try await request.body(
      Self.source, .post, identity.endpoint + "/", [HTTPHeader("Content-Type", "application/x-www-form-urlencoded")],
      form: form, isLocal: false)
    guard let root = try? XMLReader.root(of: body),
      let credentials = root["AssumeRoleWithWebIdentityResult"]?["Credentials"],
      let accessKey = credentials.text("AccessKeyId"), let secretKey = credentials.text("SecretAccessKey"),
      let expiry = credentials.text("Expiration").flatMap({ RFC3339.timestamp($0) })
    else { throw .unavailable(reason: "\(Self.source) at \(identity.endpoint) answered no credentials") }
    return S3Credentials(
      accessKey: accessKey, secretKey: secretKey, sessionToken: credentials.text("SessionToken"), expiry: expiry)
  }
}
