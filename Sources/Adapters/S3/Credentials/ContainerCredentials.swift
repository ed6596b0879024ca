/// Credentials of the agent beside the container
/// (https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html).
struct ContainerCredentials: CredentialsFetching {
  private static let source = "the container's credentials agent"

  let endpoint: ContainerEndpoint
  let request: CredentialsRequest

  func fetch() async throws(CredentialsError) -> S3Credentials {
    var headers: [HTTPHeader] = []
    switch endpoint.authorization {
    case .none: break
    case .token(let token): headers.append(HTTPHeader("Authorization", token))
    case .file(let file):
      headers.append(HTTPHeader("Authorization", try await request.token(Self.source, file: file)))
    }
    let body = try await request.body(Self.source, .get, endpoint.url, headers)
    return try CredentialsDocument.credentials(body, Self.source)
  }
}
