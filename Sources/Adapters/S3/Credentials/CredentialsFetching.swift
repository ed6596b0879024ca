/// Somebody who is asked for credentials, each time anew.
protocol CredentialsFetching: Sendable {
  /// Within ten seconds.
  func fetch() async throws(CredentialsError) -> S3Credentials
}
