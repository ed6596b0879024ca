import Domain
import FoundationEssentials

/// The JSON that container agents and the metadata service answer with.
struct CredentialsDocument: Decodable {
  private enum CodingKeys: String, CodingKey {
    case code = "Code"
    case message = "Message"
    case accessKey = "AccessKeyId"
    case secretKey = "SecretAccessKey"
    case token = "Token"
    case expiration = "Expiration"
  }

  /// `Success`, if it is said at all.
  let code: String?
  let message: String?
  let accessKey: String?
  let secretKey: String?
  let token: String?
  /// RFC 3339.
  let expiration: String?

  /// - Parameter source: Named in errors.
  static func credentials(_ body: [UInt8], _ source: String) throws(CredentialsError) -> S3Credentials {
    guard let document = try? JSONDecoder().decode(Self.self, from: Data(body)) else {
      throw .unavailable(reason: "\(source) answered no JSON document of credentials")
    }
    if let code = document.code, code != "Success" {
      throw .denied(reason: "\(source) answered '\(code)': \(document.message ?? "without a message")")
    }
    guard let accessKey = document.accessKey, let secretKey = document.secretKey else {
      throw .unavailable(reason: "\(source) answered without AccessKeyId or SecretAccessKey")
    }
    var expiry: Timestamp?
    if let text = document.expiration {
      expiry = RFC3339.timestamp(text)
      if expiry == nil { throw .unavailable(reason: "\(source) answered an Expiration that is no time: '\(text)'") }
    }
    return S3Credentials(accessKey: accessKey, secretKey: secretKey, sessionToken: document.token, expiry: expiry)
  }
}
