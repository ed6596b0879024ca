extension S3CredentialsSource {
  /// As the SDKs of AWS choose by the environment's variables, in their order: keys, web identity, container, and unless that
  /// is disabled the machine's role.
  ///
  /// - Parameters:
  ///   - variables: `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`; `AWS_WEB_IDENTITY_TOKEN_FILE`,
  ///     `AWS_ROLE_ARN`, `AWS_ROLE_SESSION_NAME`, `AWS_ENDPOINT_URL_STS`; `AWS_CONTAINER_CREDENTIALS_FULL_URI` or
  ///     `…_RELATIVE_URI`, `AWS_CONTAINER_AUTHORIZATION_TOKEN` or `…_TOKEN_FILE`; `AWS_EC2_METADATA_DISABLED`,
  ///     `AWS_EC2_METADATA_SERVICE_ENDPOINT`.
  ///   - region: Whose security token service is asked.
  /// - Throws: What is set by half, or not as it may be.
  package static func chosen(
    by variables: [String: String], region: String
  ) throws(S3ConfigurationError) -> S3CredentialsSource {
    func value(_ name: String) -> String? { variables[name].flatMap { $0.isEmpty ? nil : $0 } }
    switch (value("AWS_ACCESS_KEY_ID"), value("AWS_SECRET_ACCESS_KEY")) {
    case (let accessKey?, let secretKey?):
      return .fixed(
        S3Credentials(accessKey: accessKey, secretKey: secretKey, sessionToken: value("AWS_SESSION_TOKEN")))
    case (nil, nil): break
    default:
      throw S3ConfigurationError("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY go together: one of them is not set")
    }
    if let file = value("AWS_WEB_IDENTITY_TOKEN_FILE") {
      guard let role = value("AWS_ROLE_ARN") else {
        throw S3ConfigurationError("AWS_WEB_IDENTITY_TOKEN_FILE needs AWS_ROLE_ARN, the role to take")
      }
      return .webIdentity(
        WebIdentity(
          tokenFile: file, role: role, sessionName: value("AWS_ROLE_SESSION_NAME") ?? "cordwood",
          endpoint: value("AWS_ENDPOINT_URL_STS") ?? "https://sts.\(region).amazonaws.com"))
    }
    let full = value("AWS_CONTAINER_CREDENTIALS_FULL_URI")
    if let url = value("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI").map({ "http://169.254.170.2\($0)" }) ?? full {
      let authorization: ContainerEndpoint.Authorization =
        value("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE").map { .file($0) }
        ?? value("AWS_CONTAINER_AUTHORIZATION_TOKEN").map { .token($0) } ?? .none
      guard let endpoint = ContainerEndpoint(url: url, authorization: authorization) else {
        throw S3ConfigurationError(
          "AWS_CONTAINER_CREDENTIALS_FULL_URI is '\(url)': expected https, or http on this machine's own addresses")
      }
      return .container(endpoint)
    }
    guard value("AWS_EC2_METADATA_DISABLED")?.lowercased() != "true" else {
      throw S3ConfigurationError("no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
    }
    return .instanceMetadata(endpoint: value("AWS_EC2_METADATA_SERVICE_ENDPOINT") ?? "http://169.254.169.254")
  }
}
