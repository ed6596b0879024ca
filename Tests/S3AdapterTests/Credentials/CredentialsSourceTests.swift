import Testing

@testable import S3Adapter

@Suite("The source of credentials")
struct CredentialsSourceTests {
  @Test("is chosen by the environment as Amazon's libraries choose")
  func chosen() throws {
    let everything = [
      "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "s", "AWS_SESSION_TOKEN": "t",
      "AWS_WEB_IDENTITY_TOKEN_FILE": "/token", "AWS_ROLE_ARN": "arn", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/1",
      "AWS_CONTAINER_AUTHORIZATION_TOKEN": "c",
    ]
    guard case .fixed(let fixed) = try S3CredentialsSource.chosen(by: everything, region: "r") else {
      Issue.record("keys come first")
      return
    }
    #expect(fixed == S3Credentials(accessKey: "a", secretKey: "s", sessionToken: "t"))
    var rest = everything
    for name in ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] { rest[name] = "" }
    guard case .webIdentity(let identity) = try S3CredentialsSource.chosen(by: rest, region: "r") else {
      Issue.record("web identity comes second")
      return
    }
    #expect(identity.endpoint == "https://sts.r.amazonaws.com")
    rest["AWS_WEB_IDENTITY_TOKEN_FILE"] = nil
    guard case .container(let container) = try S3CredentialsSource.chosen(by: rest, region: "r") else {
      Issue.record("the container comes third")
      return
    }
    #expect(container.url == "http://169.254.170.2/v2/1")
    guard case .instanceMetadata("http://169.254.169.254") = try S3CredentialsSource.chosen(by: [:], region: "r") else {
      Issue.record("the machine comes last")
      return
    }
  }

  @Test(
    "is refused when it is set by half, or would be told secrets over the network",
    arguments: [
      ["AWS_ACCESS_KEY_ID": "a"], ["AWS_WEB_IDENTITY_TOKEN_FILE": "/token"], ["AWS_EC2_METADATA_DISABLED": "true"],
      ["AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://example.com/credentials"],
    ])
  func refused(_ variables: [String: String]) {
    #expect(throws: S3ConfigurationError.self) { try S3CredentialsSource.chosen(by: variables, region: "r") }
  }
}
