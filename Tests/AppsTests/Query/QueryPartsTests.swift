import Domain
import FoundationEssentials
import Testing

@testable import cordwood

@Suite("The parts of cordwood query")
struct QueryPartsTests {
  private static let now = Timestamp(nanoseconds: 1_795_521_600_000_000_000)

  @Test(
    "reads times as people write them",
    arguments: [
      ("2026-11-24T11:00:00Z", 1_795_518_000_000), ("2026-11-24T12:00:00+01:00", 1_795_518_000_000),
      ("1795518000", 1_795_518_000_000), ("1795518000000", 1_795_518_000_000), ("0", 0), ("-1", -1_000),
      ("1h", 1_795_518_000_000), ("90s", 1_795_521_510_000), ("1d12h", 1_795_392_000_000),
    ] as [(String, Int64)])
  func times(text: String, milliseconds: Int64) {
    #expect(TimeArgument(text)?.timestamp(now: Self.now) == Timestamp(milliseconds: milliseconds))
  }

  @Test(
    "refuses what is no time",
    arguments: ["", "yesterday", "2026-11-24", "h", "9223372036854775807", "-9223372036854775808", "1.5"])
  func noTimes(text: String) {
    #expect(TimeArgument(text) == nil)
  }

  @Test("says in plain words what is wrong with an answer")
  func answers() throws {
    let error = try #require(throws: Swift.DecodingError.self) {
      try JSONDecoder().decode(
        QueryPage.Envelope.self, from: Data(#"{"complete":true,"incomplete_because":[{}]}"#.utf8))
    }
    #expect(error.words.hasPrefix("incomplete_because."))
    #expect(error.words.hasSuffix(": there is no 'code'"))
  }

  @Test(
    "reads addresses",
    arguments: [
      ("http://127.0.0.1:8080", "http://127.0.0.1:8080"), ("query.example", "http://query.example:8080"),
      ("http://query.example/", "http://query.example:8080"), ("[::1]:9", "http://[::1]:9"),
    ])
  func addresses(text: String, expected: String) {
    #expect(ServerAddress(text)?.description == expected)
  }

  @Test(
    "refuses other addresses", arguments: ["", "https://x", "http://x/path", "x y", "http://", ":80", "x:0", "x:99999"])
  func noAddresses(text: String) {
    #expect(ServerAddress(text) == nil)
  }

  @Test(
    "shows what acts on a terminal instead of passing it on",
    arguments: [
      ("plain", "plain"), ("é 日本 🪵 👩‍👩‍👧", "é 日本 🪵 👩‍👩‍👧"), ("a\tb", "a\tb"), ("a\nb\r\nc", "a|b|c"),
      ("\u{1B}]0;x\u{7}", "\\u{1b}]0;x\\u{7}"), ("a\rb", "a\\u{d}b"), ("\u{9B}31m", "\\u{9b}31m"),
      ("\u{7F}", "\\u{7f}"),
      ("\u{0}", "\\u{0}"), ("\u{202E}evil", "\\u{202e}evil"), ("\u{2028}", "\\u{2028}"),
      ("e\u{301}\u{1B}", "e\u{301}\\u{1b}"),
    ])
  func printable(text: String, expected: String) {
    #expect(PrintableText.make(text, newline: "|") == expected)
  }

  @Test("cuts an array out of a text without changing its elements")
  func slices() throws {
    let text = Array(
      #"{"x":{"items":[9]},"s":"\"items\":[","items" : [ {"a":[1,2],"b":"],{\""} , "c,d" ,1.50],"y":[]}"#.utf8)
    let slices = try #require(JSONArraySlices(member: "items", of: text))
    let elements = slices.elements.map { String(decoding: $0, as: UTF8.self).trimmed }
    #expect(elements == [#"{"a":[1,2],"b":"],{\""}"#, #""c,d""#, "1.50"])
    #expect(text[slices.range.upperBound...].elementsEqual(#","y":[]}"#.utf8))
    #expect(JSONArraySlices(member: "items", of: Array(#"{"items":[]}"#.utf8))?.elements == [])
  }

  @Test("never reads outside a text that is cut off")
  func cutSlices() {
    let text = Array(#"{"s":"\"","items":[{"a":"\\"},[1],"x"]}"#.utf8)
    for length in 0..<text.count - 1 {
      #expect(JSONArraySlices(member: "items", of: Array(text[..<length])) == nil)
    }
  }
}

extension String {
  fileprivate var trimmed: String { String(self.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
}
