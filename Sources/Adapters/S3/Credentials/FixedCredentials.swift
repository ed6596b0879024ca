/// Always the same.
struct FixedCredentials: CredentialsFetching {
  let credentials: S3Credentials

  func fetch() async throws(CredentialsError) -> S3Credentials { credentials }
}
