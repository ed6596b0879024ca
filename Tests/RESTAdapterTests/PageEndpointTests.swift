import Domain
import OpenSSLAdapter
import Testing
import Transport

@testable import RESTAdapter

@Suite("GET /", .timeLimit(.minutes(1)))
struct PageEndpointTests {
  private static let browser: HTTPFields = [
    "accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "accept-encoding": "gzip, deflate, br",
  ]

  @Test("gives a browser the page, packed, whatever its parameters say")
  func page() async throws {
    for target in ["/", "/?tenant=a&contains=%3Cscript%3E", "/?unknown"] {
      let outcome = await TestService().answer(FakeExchange("GET", target, Self.browser))
      let fields = try #require(outcome.head?.fields)
      #expect(fields["content-type"] == "text/html; charset=utf-8")
      #expect(fields["content-encoding"] == "gzip")
      #expect(outcome.body.prefix(2) == [0x1f, 0x8b])
      #expect(outcome.body.count < 30_000)
      #expect(fields["vary"] == "accept, accept-encoding")
      #expect(fields["cache-control"] == "no-store")
      #expect(fields["x-content-type-options"] == "nosniff")
      #expect(fields["referrer-policy"] == "no-referrer")
      #expect(fields["cross-origin-opener-policy"] == "same-origin")
    }
  }

  @Test("sends it plain to whom does not unpack", arguments: ["", "identity", "gzip;q=0", "br, gzip; q=0.0"])
  func plain(coding: String) async throws {
    let fields: HTTPFields = ["accept": "text/html", "accept-encoding": coding]
    let outcome = await TestService().answer(FakeExchange("GET", "/", fields))
    #expect(outcome.head?.fields["content-encoding"] == nil)
    #expect(outcome.text.hasPrefix("<!doctype html>"))
    #expect(outcome.text.hasSuffix("</html>\n"))
    #expect(outcome.body.count < 64_000)
  }

  @Test("allows the page its own style and scripts by their hashes, and nothing else")
  func policy() async throws {
    let outcome = await TestService().answer(FakeExchange("GET", "/", ["accept": "text/html"]))
    let policy = try #require(outcome.head?.fields["content-security-policy"])
    #expect(policy.hasPrefix("default-src 'none'; "))
    #expect(!policy.contains("unsafe"))
    #expect(!policy.contains("http"))
    for (tag, least) in [("style", 1), ("script", 7)] {
      let contents = outcome.text.components(between: "<\(tag)>", and: "</\(tag)>")
      #expect(contents.count == least)
      for content in contents {
        var hash: [UInt8] = []
        let bytes = Array(content.utf8)
        Base64.append(OpenSSLDigest().sha256(bytes.span).span, .standard, to: &hash)
        #expect(policy.contains("'sha256-\(String(decoding: hash, as: UTF8.self))'"))
      }
    }
    // Nothing that a policy of hashes would stop, and nothing from elsewhere.
    for word in [" style=", " onclick=", "<link rel=\"stylesheet\"", "<script src", "innerHTML", "eval(", "https://"] {
      #expect(!outcome.text.contains(word), "the page has \(word)")
    }
  }

  @Test(
    "gives others a hint in plain text",
    arguments: [[:], ["accept": "*/*"], ["accept": "text/*"], ["accept": "text/html;q=0, */*"]] as [HTTPFields])
  func hint(fields: HTTPFields) async throws {
    let outcome = await TestService().answer(FakeExchange("GET", "/", fields))
    #expect(outcome.head?.fields["content-type"] == "text/plain; charset=utf-8")
    #expect(outcome.text.contains("POST /v1/query"))
  }
}

extension String {
  fileprivate func components(between start: String, and end: String) -> [Substring] {
    var found: [Substring] = []
    var rest = self[...]
    while let opening = rest.firstRange(of: start), let closing = rest[opening.upperBound...].firstRange(of: end) {
      found.append(rest[opening.upperBound..<closing.lowerBound])
      rest = rest[closing.upperBound...]
    }
    return found
  }
}
