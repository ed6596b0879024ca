/// Where credentials come from.
package enum S3CredentialsSource: Sendable {
  /// Given once and for all. With a session token they expire some day, and nobody renews them.
  case fixed(S3Credentials)
  /// A role, in exchange for a token that the platform writes to a file and renews there (IAM roles for service accounts;
  /// also MinIO's STS).
  case webIdentity(WebIdentity)
  /// An agent beside the container: ECS, EKS Pod Identity.
  case container(ContainerEndpoint)
  /// The role of the machine: EC2's metadata service, version 2. `endpoint` is `http://169.254.169.254` but in tests.
  case instanceMetadata(endpoint: String)
}
