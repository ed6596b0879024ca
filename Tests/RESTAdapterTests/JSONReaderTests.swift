import EventQueryContract
import Foundation
import Testing

@testable import RESTAdapter

@Suite("The JSON reader")
struct JSONReaderTests {
  @Test("reads every kind of value and keeps numbers as written")
  func values() throws {
    let root = try JSONReader.read(Array(#" {"a":[1,-0.50e+2,true,false,null,"x"],"b":{},"c":[]} "#.utf8))
    let elements = try #require(root["a"]?.elements)
    #expect(
      elements.map(\.value) == [.number("1"), .number("-0.50e+2"), .bool(true), .bool(false), .null, .string("x")])
    #expect(elements.map(\.offset) == [7, 9, 18, 23, 29, 34])
    #expect(root["b"]?.value == .object([]))
    #expect(root["c"]?.value == .array([]))
  }

  @Test(
    "undoes escapes",
    arguments: [
      (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u0041\u00e9\u20AC""#, "Aé€"),
      (#""\ud83e\udeb5""#, "🪵"), (#""\u0000""#, "\u{0}"), (#""é€🪵""#, "é€🪵"), ("\"\u{7F}\"", "\u{7F}"),
    ])
  func escapes(text: String, expected: String) throws {
    #expect(try JSONReader.read(Array(text.utf8)).string == expected)
  }

  @Test(
    "says where a text is wrong",
    arguments: [
      ("", 0, "the text ends where a value is expected"), ("  ", 2, "the text ends where a value is expected"),
      ("{", 1, "the text ends where a name in quotes is expected"), ("{a:1}", 1, "'a' stands where a name in quotes"),
      (#"{"a" 1}"#, 5, "'1' stands where ':'"), (#"{"a":1,}"#, 7, "'}' stands where a name in quotes"),
      (#"{"a":1 "b":2}"#, 7, "',' or '}'"), ("[1,]", 3, "']' stands where a value"), ("[1 2]", 3, "',' or ']'"),
      (#"{"a":1,"b":2,"a":3}"#, 13, "the name \"a\" is there twice"), ("{} x", 3, "there is more after the end"),
      ("nul", 0, "'n' stands where a value"), ("NaN", 0, "'N' stands where a value"), ("01", 1, "leading zero"),
      ("-", 1, "a digit"), ("1.", 2, "a digit"), (".5", 0, "a value"), ("1e", 2, "a digit"), ("+1", 0, "a value"),
      (#""abc"#, 0, "a string has no end"), ("\"a\nb\"", 2, "control character"), (#""\x""#, 1, "an unknown escape"),
      (#""\u12G4""#, 1, "four hexadecimal digits"), (#""\ud800""#, 1, "half of a surrogate pair"),
      (#""\udc00""#, 1, "half of a surrogate pair"), (#""\ud800\u0041""#, 1, "half of a surrogate pair"),
      ("'a'", 0, "a value"), ("\u{FEFF}{}", 0, "byte 239 stands where a value"),
    ])
  func errors(text: String, offset: Int, reason: String) {
    let error = #expect(throws: JSONSyntaxError.self) { try JSONReader.read(Array(text.utf8)) }
    #expect(error?.offset == offset)
    #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
  }

  @Test(
    "refuses bytes that are not UTF-8", arguments: [[0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80]] as [[UInt8]])
  func malformedText(bytes: [UInt8]) {
    let text = Array("{\"a\":\"".utf8) + bytes + Array("\"}".utf8)
    #expect(throws: JSONSyntaxError(at: 6, "the text is not UTF-8")) { try JSONReader.read(text) }
  }

  @Test("refuses what is nested too deep, and takes what is not")
  func depth() throws {
    let deepest = String(repeating: "[", count: 16) + String(repeating: "]", count: 16)
    #expect(throws: Never.self) { try JSONReader.read(Array(deepest.utf8)) }
    let error = #expect(throws: JSONSyntaxError.self) {
      try JSONReader.read(Array(String(repeating: "[", count: 100_000).utf8))
    }
    #expect(error?.offset == 16)
  }

  @Test("takes what Foundation takes and refuses what it refuses", arguments: 0..<8)
  func agreesWithFoundation(seed: UInt64) {
    var random = SplitMix(seed: seed)
    var differences: [String] = []
    for _ in 0..<2_000 {
      let text = Self.mutatedText(&random)
      let ours = try? JSONReader.read(text)
      let theirs = try? JSONSerialization.jsonObject(with: Data(text), options: .fragmentsAllowed)
      if let ours {
        guard let theirs else {
          if Self.holdsHugeNumber(ours) { continue }  // we leave it to whoever asks for the number
          differences.append("only ours takes \(String(decoding: text, as: UTF8.self))")
          continue
        }
        if !Self.agree(ours, theirs) { differences.append("other values: \(String(decoding: text, as: UTF8.self))") }
      } else if theirs != nil, !Self.isRefusedOnPurpose(text) {
        differences.append("only Foundation takes \(String(decoding: text, as: UTF8.self))")
      }
    }
    #expect(differences == [])
  }

  /// A valid text with up to two bytes changed, doubled or removed.
  private static func mutatedText(_ random: inout SplitMix) -> [UInt8] {
    var text = Array(value(&random, depth: 0).utf8)
    let odd = Array(#"{}[]",:\utfn0123456789.eE+- "#.utf8) + [0x00, 0x1F, 0x7F, 0x80, 0xC3, 0xFF]
    for _ in 0..<Int.random(in: 0...2, using: &random) where !text.isEmpty {
      let index = Int.random(in: 0..<text.count, using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: text[index] = odd.randomElement(using: &random) ?? 0
      case 1: text.insert(odd.randomElement(using: &random) ?? 0, at: index)
      default: text.remove(at: index)
      }
    }
    return text
  }

  private static func value(_ random: inout SplitMix, depth: Int) -> String {
    switch Int.random(in: 0..<(depth > 3 ? 5 : 7), using: &random) {
    case 0: return ["null", "true", "false"].randomElement(using: &random) ?? ""
    case 1: return "\(Int64.random(in: -1_000...1_000, using: &random))"
    case 2: return "\(Double.random(in: -1e6...1e6, using: &random))"
    case 3: return ["1e3", "-0", "0.5E-2", "12345678901234567890", "1e308"].randomElement(using: &random) ?? ""
    case 4:
      let texts = [#""""#, #""a b""#, #""\n\u00e9""#, "\"é🪵\"", #""\ud83e\udeb5\\""#, #""tab\t""#]
      return texts.randomElement(using: &random) ?? ""
    case 5:
      let count = Int.random(in: 0...3, using: &random)
      return "[" + (0..<count).map { _ in value(&random, depth: depth + 1) }.joined(separator: ", ") + "]"
    default:
      let count = Int.random(in: 0...3, using: &random)
      let members = (0..<count).map { "\"k\($0)\" : " + value(&random, depth: depth + 1) }
      return "{" + members.joined(separator: ",") + "}"
    }
  }

  private static func agree(_ ours: JSONNode, _ theirs: Any) -> Bool {
    switch ours.value {
    case .null: theirs is NSNull
    case .bool(let value): theirs as? Bool == value
    case .number(let text): (theirs as? NSNumber).map { isClose($0.doubleValue, Double(text) ?? .nan) } ?? false
    case .string(let text): (theirs as? String).map { Array($0.utf8) == Array(text.utf8) } ?? false
    case .array(let elements):
      (theirs as? [Any]).map { $0.count == elements.count && zip(elements, $0).allSatisfy(agree) } ?? false
    case .object(let members):
      (theirs as? [String: Any]).map { object in
        object.count == members.count
          && members.allSatisfy { member in object[member.name].map { agree(member.node, $0) } ?? false }
      } ?? false
    }
  }

  /// Foundation's numbers are off by the last digit at times.
  private static func isClose(_ left: Double, _ right: Double) -> Bool {
    abs(left - right) <= 1e-14 * max(abs(left), abs(right))
  }

  private static func holdsHugeNumber(_ node: JSONNode) -> Bool {
    switch node.value {
    case .number(let text): Double(text)?.isFinite != true
    case .array(let elements): elements.contains(where: holdsHugeNumber)
    case .object(let members): members.contains { holdsHugeNumber($0.node) }
    default: false
    }
  }

  /// Names that are there twice, halves of surrogate pairs, a NUL (which Foundation takes for UTF-16), and the comma
  /// before the end of an array (which Foundation lets pass after another array).
  private static func isRefusedOnPurpose(_ text: [UInt8]) -> Bool {
    do throws(JSONSyntaxError) {
      _ = try JSONReader.read(text)
      return false
    } catch {
      return text.contains(0) || error.reason.contains("twice") || error.reason.contains("surrogate")
        || error.reason.hasPrefix("']' stands where a value")
    }
  }
}
