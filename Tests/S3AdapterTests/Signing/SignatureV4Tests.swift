import Domain
import Testing

@testable import S3Adapter

@Suite("Signature version 4")
struct SignatureV4Tests {
  struct Vector: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var service = "s3"
    let time: String
    let method: String
    var path = "/"
    var query: [(String, String)] = []
    let headers: [(String, String)]
    let payload: String
    let signature: String
  }

  static let emptyDigest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

  /// The examples of Amazon's documentation of S3
  /// (https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html).
  static let amazonS3: [Vector] = [
    example(
      "an object's first bytes", "GET", "/test.txt", headers: [("Range", "bytes=0-9")],
      "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"),
    example(
      "a new object", "PUT", "/test%24file.text",
      headers: [("Date", "Fri, 24 May 2013 00:00:00 GMT"), ("x-amz-storage-class", "REDUCED_REDUNDANCY")],
      payload: "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
      "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"),
    example(
      "a bucket's lifecycle", "GET", "/", query: [("lifecycle", "")],
      "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"),
    example(
      "a listing", "GET", "/", query: [("prefix", "J"), ("max-keys", "2")],
      "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"),
  ]

  /// Of Amazon's suite for signers, those that do not ask for a path to be normalised, which S3 must not.
  static let suite: [Vector] = [
    suite("get-vanilla", "GET", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
    suite("post-vanilla", "POST", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"),
    suite(
      "get-vanilla-query-order-key-case", "GET", query: [("Param2", "value2"), ("Param1", "value1")],
      "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"),
  ]

  @Test("is that of the published vectors", arguments: amazonS3 + suite)
  func published(_ vector: Vector) throws {
    let credentials =
      vector.service == "s3"
      ? S3Credentials(accessKey: "AKIAIOSFODNN7EXAMPLE", secretKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
      : S3Credentials(accessKey: "AKIDEXAMPLE", secretKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
    let time = SigningTime(try #require(RFC3339.timestamp(vector.time)))
    let signer = SignatureV4(credentials: credentials, region: "us-east-1", service: vector.service, time: time)
    let authorization = signer.authorization(
      method: vector.method, path: vector.path, query: CanonicalQuery.text(vector.query),
      headers: vector.headers.map { HTTPHeader($0.0, $0.1) }, payload: vector.payload)
    #expect(authorization.hasSuffix("Signature=\(vector.signature)"))
  }

  @Test("does not show its secrets")
  func secrets() {
    let credentials = S3Credentials(accessKey: "AKID", secretKey: "hidden", sessionToken: "hidden")
    var dumped = ""
    dump(credentials, to: &dumped)
    for text in [
      "\(credentials)", String(reflecting: credentials), dumped, "\(S3CredentialsSource.fixed(credentials))",
    ] {
      #expect(!text.contains("hidden"))
    }
  }

  private static func example(
    _ name: String, _ method: String, _ path: String, query: [(String, String)] = [],
    headers: [(String, String)] = [], payload: String = emptyDigest, _ signature: String
  ) -> Vector {
    let common = [
      ("Host", "examplebucket.s3.amazonaws.com"), ("x-amz-content-sha256", payload), ("x-amz-date", "20130524T000000Z"),
    ]
    return Vector(
      testDescription: name, time: "2013-05-24T00:00:00Z", method: method, path: path, query: query,
      headers: common + headers, payload: payload, signature: signature)
  }

  private static func suite(
    _ name: String, _ method: String, query: [(String, String)] = [], _ signature: String
  ) -> Vector {
    Vector(
      testDescription: name, service: "service", time: "2015-08-30T12:36:00Z", method: method, query: query,
      headers: [("Host", "example.amazonaws.com"), ("X-Amz-Date", "20150830T123600Z")], payload: emptyDigest,
      signature: signature)
  }
}
