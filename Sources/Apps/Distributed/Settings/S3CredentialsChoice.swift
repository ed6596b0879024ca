/// Where the object store's credentials come from.
enum S3CredentialsChoice: String, CaseIterable, Sendable {
  case keys, aws
}
