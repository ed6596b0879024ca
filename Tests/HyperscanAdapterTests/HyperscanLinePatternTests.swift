import Domain
import HyperscanAdapter
import Testing

@Suite("Line patterns of Hyperscan", .timeLimit(.minutes(1)))
struct HyperscanLinePatternTests {
  private static func matches(_ pattern: String, _ line: [UInt8]) throws -> Bool {
    let pattern = try HyperscanLinePattern(pattern)
    return pattern.matches(line.span)
  }

  @Test(
    "are found in lines",
    arguments: [
      (#"^\d{4}-\d\d-\d\d"#, "2026-01-02 x", true), (#"^\d{4}-\d\d-\d\d"#, " 2026-01-02 x", false),
      ("b.*d$", "abcd", true),
      ("b.*d$", "abcde", false), ("(?i)error|warn", "An ERROR", true), ("^$", "", true), ("^$", "x", false),
      ("", "x", true),
      (".*", "", true), ("^(INFO|WARN) ", "WARN x", true), (#"^\S"#, "\tx", false), ("é+", "né", true),
      ("[^a]", "aaa", false),
    ])
  func found(pattern: String, line: String, expected: Bool) throws {
    #expect(try Self.matches(pattern, Array(line.utf8)) == expected)
  }

  @Test("look at any bytes, line feeds and NUL included")
  func anyBytes() throws {
    #expect(try Self.matches("^a.b.c$", [0x61, 0x00, 0x62, 0x0a, 0x63]))
    #expect(try Self.matches(#"\xff\x80"#, [0x61, 0xff, 0x80]))
  }

  @Test(
    "that are no regular expression are refused with the reason",
    arguments: ["(", "a{2,1}", "[z-a]", "*", #"(a)\1"#, "(?=a)b"])
  func invalid(pattern: String) {
    let error = #expect(throws: LinePatternError.self) { try HyperscanLinePattern(pattern) }
    guard case .invalid(let reason) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(!reason.isEmpty)
  }

  @Test("with a NUL character are refused")
  func nul() {
    #expect(throws: LinePatternError.self) { try HyperscanLinePattern("a\u{0}b") }
  }

  @Test(
    "that would take long to compile are refused at once",
    arguments: [
      "(foo|bar){1000}", ".{0,1000}x.{0,1000}y", "(?:[a-z]{1,20},){100}end", "((a{100}){100}){100}",
      "a{99999999999999999999}",
      "((((a{9999}){9999}){9999}){9999}){9999}",
    ])
  func bombs(pattern: String) {
    let error = #expect(throws: LinePatternError.self) { try HyperscanLinePattern(pattern) }
    guard case .tooLarge(let size, let limit) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(size > limit)
  }

  @Test("that are long are refused; the longest that is not is taken")
  func tooLong() throws {
    #expect(throws: LinePatternError.tooLong(bytes: 1_001, limit: 1_000)) {
      try HyperscanLinePattern(String(repeating: "a", count: 1_001))
    }
    #expect(try Self.matches(String(repeating: "a", count: 1_000), [UInt8](repeating: 0x61, count: 1_000)))
    #expect(try Self.matches(String(repeating: "(", count: 499) + "a" + String(repeating: ")", count: 499), [0x61]))
  }

  @Test("take braces that repeat nothing, classes and escapes for what they are")
  func braces() throws {
    #expect(try Self.matches(#"^\{"[^{9999}]+":\s*[]{9999}]"#, Array(#"{"a": ]"#.utf8)))
    #expect(try Self.matches(#"^a{,5}b"#, Array("a{,5}b".utf8)))
    #expect(try Self.matches(#"[[:digit:]]{3}$"#, Array("x123".utf8)))
  }

  @Test("may be used by many threads at a time")
  func concurrent() async throws {
    let pattern = try HyperscanLinePattern("(a+)+b$")
    let line = [UInt8](repeating: 0x61, count: 10_000)
    let found = await withTaskGroup(of: Int.self) { group in
      for task in 0..<8 {
        group.addTask {
          var lines = line
          if task % 2 == 0 { lines.append(UInt8(ascii: "b")) }
          return (0..<50).count { _ in pattern.matches(lines.span) }
        }
      }
      return await group.reduce(0, +)
    }
    #expect(found == 200)
  }
}
