import Domain
import Testing

@testable import S3Adapter

@Suite("A value in a header or an address")
struct HTTPValueTests {
  @Test("a date is read as RFC 9110 writes it, and nothing else")
  func dates() {
    #expect(
      HTTPDate.timestamp("Tue, 24 Nov 2026 13:05:07 GMT")
        == CivilTime(year: 2026, month: 11, day: 24, hour: 13, minute: 5, second: 7).timestamp)
    for text in [
      "", "2026-11-24", "Tue, 31 Feb 2026 13:05:07 GMT", "Tue, 24 Nov 2026 25:05:07 GMT", "x 1 Jan 1 1:1 GMT",
    ] {
      #expect(HTTPDate.timestamp(text) == nil, "\(text)")
    }
  }

  @Test("a content range is read, and refused where it contradicts itself")
  func ranges() {
    #expect(ContentRange("bytes 0-99/1234")?.range == 0..<100)
    #expect(ContentRange("bytes 0-99/1234")?.size == 1_234)
    #expect(ContentRange("bytes */0")?.size == 0)
    #expect(ContentRange("bytes 0--1/0")?.range == 0..<0)
    for text in ["", "bytes", "bytes 5-4/10", "bytes 0-10/10", "bytes 0-1/*", "bytes -1/5", "items 0-1/2"] {
      #expect(ContentRange(text) == nil, "\(text)")
    }
  }

  @Test("an endpoint has scheme, host and at most a port")
  func endpoints() throws {
    let endpoint = try #require(S3Endpoint("https://S3.example.com:443/"))
    #expect(endpoint.description == "https://s3.example.com")
    #expect(S3Endpoint("http://[::1]:9000")?.authority(of: "[::1]") == "[::1]:9000")
    for text in [
      "", "s3.example.com", "ftp://a", "http://", "http://a:0", "http://a:b", "http://a/b", "http://a b", "http://u@a",
    ] {
      #expect(S3Endpoint(text) == nil, "\(text)")
    }
  }

  @Test("a bucket, a region and a prefix are refused when a server would not take them")
  func locations() throws {
    let endpoint = try #require(S3Endpoint("http://127.0.0.1:9000"))
    for bucket in ["", "ab", "Upper", "a/b", "a..b", String(repeating: "a", count: 64)] {
      #expect(throws: S3ConfigurationError.self) { try S3Location(endpoint: endpoint, region: "r", bucket: bucket) }
    }
    for prefix in ["/a", "a/", "..", "a b", String(repeating: "a", count: 512)] {
      #expect(throws: S3ConfigurationError.self) {
        try S3Location(endpoint: endpoint, region: "r", bucket: "logs", prefix: prefix)
      }
    }
  }

  @Test("a bucket is in the path, or in the host's name")
  func addressing() throws {
    let endpoint = try #require(S3Endpoint("http://s3.test:9000"))
    let path = try S3Location(endpoint: endpoint, region: "r", bucket: "logs", prefix: "p")
    let key = try S3Stage.key("a%2Fb/c")
    #expect(path.host == "s3.test:9000")
    #expect(path.path(of: path.name(of: key)) == "/logs/p/a%252Fb/c")
    #expect(path.path(of: nil) == "/logs")
    #expect(path.key(named: "p/a%2Fb/c") == key)
    #expect(path.key(named: "q/a") == nil)
    let host = try S3Location(endpoint: endpoint, region: "r", bucket: "logs", addressing: .virtualHost)
    #expect(host.host == "logs.s3.test:9000")
    #expect(host.path(of: "a") == "/a")
    #expect(host.path(of: nil) == "/")
  }

  @Test("percent-encoding is undone, and refused where it is none")
  func decoding() {
    #expect(PercentEncoding.decoded("a%2Fb+c%C3%A4") == "a/b cä")
    for text in ["%", "%2", "%GG", "%FF"] { #expect(PercentEncoding.decoded(text) == nil, "\(text)") }
  }
}
