import Domain
import TestSupport
import Testing

@Suite("object keys")
struct ObjectKeyTests {
  @Test(
    "that are refused",
    arguments: ["", "/a", "a/", "a//b", "../a", "a/../b", "a/.", "a b", "ä", "a\0", String(repeating: "a", count: 513)])
  func refused(_ text: String) { #expect(ObjectKey(text) == nil) }

  @Test("names are percent-encoded, and shortened by their digest when long")
  func encoded() {
    #expect(ObjectKey.encoded("Api-1.x", PlainDigest()) == "Api-1.x")
    #expect(ObjectKey.encoded("a/b_c é", PlainDigest()) == "a%2Fb%5Fc%20%C3%A9")
    let long = ObjectKey.encoded(String(repeating: "a", count: 65), PlainDigest())
    #expect(long.utf8.count == 64)
    #expect(long.hasPrefix(String(repeating: "a", count: 48)))
    #expect(ObjectKey.encoded(String(repeating: "a", count: 64), PlainDigest()).utf8.count == 64)
  }
}
