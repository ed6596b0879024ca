import Domain
import Foundation
import Testing

@Suite("Base64")
struct Base64Tests {
  @Test(
    "gives the vectors of RFC 4648 section 10",
    arguments: [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
      ("foobar", "Zm9vYmFy"),
    ])
  func vectors(_ plain: String, _ coded: String) {
    var text: [UInt8] = []
    Base64.append(Array(plain.utf8).span, .standard, to: &text)
    #expect(text == Array(coded.utf8))
  }

  @Test("appends what Foundation writes, in both alphabets", arguments: 0...64)
  func foundation(count: Int) {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 37 + 251) }
    let expected = Data(bytes).base64EncodedString()
    var text = Array("before ".utf8)
    Base64.append(bytes.span, .standard, to: &text)
    #expect(String(decoding: text, as: UTF8.self) == "before " + expected)
    let urlSafe = expected.replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
      .replacingOccurrences(of: "=", with: "")
    #expect(Base64.urlText(bytes) == urlSafe)
  }

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
