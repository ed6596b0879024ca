import Domain
import Testing

@Suite("object keys")
struct ObjectKeyTests {
  @Test(
    "that are refused",
    arguments: ["", "/a", "a/", "a//b", "../a", "a/../b", "a/.", "a b", "ä", "a\0", String(repeating: "a", count: 513)])
  func refused(_ text: String) { #expect(ObjectKey(text) == nil) }

  @Test("names are percent-encoded, and shortened by their digest when long")
  func encoded() {
    #expect(ObjectKey.encoded("Api-1.x", ChecksumDigest()) == "Api-1.x")
    #expect(ObjectKey.encoded("a/b_c é", ChecksumDigest()) == "a%2Fb%5Fc%20%C3%A9")
    let long = ObjectKey.encoded(String(repeating: "a", count: 65), ChecksumDigest())
    #expect(long.utf8.count == 64)
    #expect(long.hasPrefix(String(repeating: "a", count: 48)))
    #expect(ObjectKey.encoded(String(repeating: "a", count: 64), ChecksumDigest()).utf8.count == 64)
  }
}
