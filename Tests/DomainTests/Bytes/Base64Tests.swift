import Domain
import Testing

@Suite("Base64")
struct Base64Tests {
  @Test(
    "gives the vectors of RFC 4648 section 10",
    arguments: [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
      ("foobar", "Zm9vYmFy"),
    ])
  func vectors(_ plain: String, _ coded: String) { #expect(Base64.text(Array(plain.utf8)) == coded) }

  @Test("reads back its URL-safe form, and refuses what is none")
  func roundTrip() {
    var random = SeededGenerator(seed: 6)
    for length in 0..<70 {
      let bytes = random.bytes(length)
      #expect(Base64.bytes(urlText: Base64.urlText(bytes)) == bytes)
    }
    for text in ["A", "AB=", "A+", "AB", "Zg=="] where text != "AB" {
      #expect(Base64.bytes(urlText: text) == nil, "\(text)")
    }
    #expect(Base64.bytes(urlText: "AB") == nil, "left-over bits are not zero")
  }
}
