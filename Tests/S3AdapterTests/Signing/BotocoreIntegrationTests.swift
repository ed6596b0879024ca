import Domain
import Foundation
import TestSupport
import Testing

@testable import S3Adapter

/// Addresses and signatures, compared with those that Amazon's own library for Python makes.
@Suite(
  "Beside botocore, a request", .enabled(if: NeededService.isPythonThereOrRequired, "set CORDWOOD_TEST_PYTHON"),
  .timeLimit(.minutes(2)))
struct BotocoreIntegrationTests {
  struct Case: Encodable {
    let method: String
    let endpoint: String
    let bucket: String
    let key: String
    let query: [String: String]
    let headers: [String: String]
    let body: String
    let region: String
    let accessKey: String
    let secretKey: String
    let token: String
    /// Seconds since 1970.
    let time: Int
  }

  struct Answer: Decodable {
    let url: String
    let authorization: String
  }

  static let keys = [
    "", "plain", "a/b/c.cwd", "with space", "a%2Fb", "plus+and&=?#", "ä/ö/ü/日本語", "~tilde-_.", "quote'\"*()!", "a//b",
    "/lead",
    "trail/", "a:b@c,d;e$f", "back\\slash", "[brackets]{}^`|<>", "../up/./here", "%25%", "emoji 🪵",
  ]

  @Test(
    "has the same address and the same signature",
    arguments: ["http://127.0.0.1:9000", "https://s3.eu-west-1.amazonaws.com"])
  func equal(_ endpoint: String) async throws {
    var cases: [Case] = []
    for (index, key) in Self.keys.enumerated() {
      cases.append(
        Self.sample(endpoint, key, method: "PUT", body: "content \(index)", token: index % 2 == 0 ? "to/ken==" : ""))
      cases.append(
        Self.sample(
          endpoint, key,
          query: ["prefix": key, "list-type": "2", "continuation-token": "a/b+c==", "uploads": "", "Z": "z"]))
      cases.append(Self.sample(endpoint, key, headers: ["Range": "bytes=0-99", "x-amz-meta-odd": "  two   spaces "]))
    }
    let printed = try await Self.signedByPython(try JSONEncoder().encode(cases))
    let answers = try JSONDecoder().decode([Answer].self, from: printed)
    try #require(answers.count == cases.count)
    for (sample, answer) in zip(cases, answers) {
      let ours = try Self.signed(sample)
      #expect(ours.url == answer.url, "\(sample)")
      #expect(ours.headers.last == HTTPHeader("Authorization", answer.authorization), "\(sample)")
    }
  }

  private static func sample(
    _ endpoint: String, _ key: String, method: String = "GET", query: [String: String] = [:],
    headers: [String: String] = [:], body: String = "", token: String = ""
  ) -> Case {
    Case(
      method: method, endpoint: endpoint, bucket: "logs", key: key, query: query, headers: headers, body: body,
      region: "eu-west-1", accessKey: "AKIDEXAMPLE", secretKey: "sec/ret+key=", token: token, time: 1_795_554_307)
  }

  private static func signed(_ sample: Case) throws -> HTTPRequest {
    let location = try S3Location(
      endpoint: try #require(S3Endpoint(sample.endpoint)), region: sample.region, bucket: sample.bucket)
    let credentials = S3Credentials(
      accessKey: sample.accessKey, secretKey: sample.secretKey, sessionToken: sample.token.isEmpty ? nil : sample.token)
    let method = try #require(HTTPRequest.Method(rawValue: sample.method))
    var request = S3Request(method: method, name: sample.key.isEmpty ? nil : sample.key)
    request.query = sample.query.map { ($0.key, $0.value) }
    request.headers = sample.headers.map { HTTPHeader($0.key, $0.value) }
    let payload =
      location.endpoint.isSecure
      ? SignatureV4.unsignedPayload : Hexadecimal.text(S3Digests.sha256(Array(sample.body.utf8).span))
    let time = try #require(Timestamp(milliseconds: Int64(sample.time) * 1_000))
    return RequestSigner(location: location, credentials: credentials).signed(
      request, payload: payload, time: time, timeout: .seconds(1))
  }

  private static func signedByPython(_ input: Data) async throws -> Data {
    let python = try #require(NeededService.python, "CORDWOOD_TEST_PYTHON names the Python of the test tools")
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Python/sign.py").path
    return Data(try await ShellCommand.run(python, ["-B", script], input: input).utf8)
  }
}
