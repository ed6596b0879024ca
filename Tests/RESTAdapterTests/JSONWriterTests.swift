import Domain
import EventQueryContract
import Foundation
import Testing

@testable import RESTAdapter

@Suite("The JSON writer")
struct JSONWriterTests {
  @Test("puts commas where they belong")
  func commas() {
    var json = JSONWriter()
    json.beginArray()
    json.beginObject()
    json.endObject()
    json.beginObject()
    json.key("a")
    json.beginArray()
    json.integer(1)
    json.null()
    json.bool(true)
    json.endArray()
    json.key("b")
    json.string("")
    json.endObject()
    json.double(0.5)
    json.integerString(Int64.min)
    json.endArray()
    #expect(Self.text(json) == #"[{},{"a":[1,null,true],"b":""},0.5,"-9223372036854775808"]"#)
  }

  @Test(
    "writes integers of every width", arguments: [0, 1, -1, 9, 10, 99, 100, -100, Int64.max, Int64.min])
  func integers(value: Int64) {
    var json = JSONWriter()
    json.integer(value)
    #expect(Self.text(json) == "\(value)")
  }

  @Test("writes doubles as the shortest text that reads the same, and names what is not finite")
  func doubles() {
    var json = JSONWriter()
    json.beginArray()
    for value in [0.1, -0.0, 1e300, 5, .leastNonzeroMagnitude, .nan, .infinity, -.infinity] { json.double(value) }
    json.endArray()
    #expect(Self.text(json) == #"[0.1,-0.0,1e+300,5.0,5e-324,"NaN","Infinity","-Infinity"]"#)
  }

  @Test("escapes what must be escaped, at any place in an eight-byte step", arguments: 0..<20)
  func escapes(position: Int) throws {
    for character in (0...0x2FF).compactMap({ Unicode.Scalar($0) }) {
      let text = String(repeating: "x", count: position) + String(character) + String(repeating: "y", count: 9)
      var json = JSONWriter()
      json.string(text)
      let read = try JSONSerialization.jsonObject(with: Data(json.bytes), options: .fragmentsAllowed) as? String
      #expect(read.map { Array($0.utf8) } == Array(text.utf8))
    }
  }

  @Test("repairs bytes as Swift does, and says so", arguments: 0..<4)
  func repairs(seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    let pool: [UInt8] = [
      0x00, 0x0A, 0x22, 0x5C, 0x61, 0x7F, 0x80, 0xBF, 0xC3, 0xA9, 0xE2, 0x82, 0xAC, 0xED, 0xF0, 0x9F, 0xFF,
    ]
    for _ in 0..<2_000 {
      let bytes = (0..<Int.random(in: 0...24, using: &random)).map { _ in pool.randomElement(using: &random) ?? 0 }
      var json = JSONWriter()
      let isWellFormed = json.string(bytes.span)
      #expect(isWellFormed == UTF8Validation.isValid(bytes.span))
      let read = try JSONReader.read(json.bytes).string
      #expect(read.map { Array($0.utf8) } == Array(String(repairing: bytes.span).utf8))
    }
  }

  private static func text(_ json: JSONWriter) -> String { String(decoding: json.bytes, as: UTF8.self) }
}
