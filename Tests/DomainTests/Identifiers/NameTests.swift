import Domain
import Testing

@Suite("tenant and service names")
struct NameTests {
  @Test("that are allowed", arguments: ["a", "tenant-1", "Ünïcode 日本", String(repeating: "x", count: 128), "a_b.c/d"])
  func allowed(_ name: String) throws {
    #expect(try TenantID(name).text == name)
    #expect(try ServiceName(name).text == name)
  }

  @Test(
    "that are refused, and why",
    arguments: [
      ("", NameError.empty), (String(repeating: "x", count: 129), .tooLong(bytes: 129, limit: 128)),
      ("_system", .badFirstCharacter("_")), (".hidden", .badFirstCharacter(".")),
      ("a\nb", .controlCharacter(offset: 1)),
      ("a\u{7f}", .controlCharacter(offset: 1)), ("\0", .controlCharacter(offset: 0)),
    ])
  func refused(_ name: String, _ error: NameError) {
    #expect(throws: error) { try TenantID(name) }
    #expect(throws: error) { try ServiceName(name) }
  }

  @Test("are ordered by their bytes, not by Unicode's equivalences")
  func order() throws {
    #expect(try ServiceName("z") < ServiceName("é"))
    let (composed, decomposed) = (try ServiceName("\u{e9}"), try ServiceName("e\u{301}"))
    #expect(composed != decomposed, "two spellings are two names, in dictionaries as in databases")
    #expect(Set([composed, decomposed]).count == 2)
    #expect(try ServiceName("A") < ServiceName("a"))
  }
}
