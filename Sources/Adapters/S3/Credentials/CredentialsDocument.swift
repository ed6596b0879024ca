import Domain
import FoundationEssentials

/// The JSON that container agents and the metadata service answer with.
struct CredentialsDocument: Decodable {
  /// `Success`, if it is said at all.
  let Code: String?
  let Message: String?
  let AccessKeyId: String?
  let SecretAccessKey: String?
  let Token: String?
  /// RFC 3339.
  let Expiration: String?

  /// - Parameter source: Named in errors.
  static func credentials(_ body: [UInt8], _ source: String) throws(CredentialsError) -> S3Credentials {
    guard let document = try? JSONDecoder().decode(Self.self, from: Data(body)) else {
      throw .unavailable(reason: "\(source) answered no JSON document of credentials")
    }
    if let code = document.Code, code != "Success" {
      throw .denied(reason: "\(source) answered '\(code)': \(document.Message ?? "without a message")")
    }
    guard let accessKey = document.AccessKeyId, let secretKey = document.SecretAccessKey else {
      throw .unavailable(reason: "\(source) answered without AccessKeyId or SecretAccessKey")
    }
    var expiry: Timestamp?
    if let text = document.Expiration {
      expiry = RFC3339.timestamp(text)
      if expiry == nil { throw .unavailable(reason: "\(source) answered an Expiration that is no time: '\(text)'") }
    }
    return S3Credentials(accessKey: accessKey, secretKey: secretKey, sessionToken: document.Token, expiry: expiry)
  }
}
