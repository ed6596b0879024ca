import Testing

@testable import Composition

@Suite("A suggestion")
struct SuggestionTests {
  @Test(
    "counts insertions, deletions, replacements and swaps",
    arguments: [
      ("", "", 0), ("serve", "serve", 0), ("serv", "serve", 1), ("sevre", "serve", 1), ("query", "quary", 1),
      ("abc", "", 3),
      ("--grpcport", "--grpc-port", 1), ("kitten", "sitting", 3),
    ])
  func distance(_ left: String, _ right: String, _ edits: Int) {
    #expect(Suggestion.distance(left, right) == edits)
    #expect(Suggestion.distance(right, left) == edits)
  }

  @Test("is not made for a word that resembles none")
  func noneIsNear() {
    #expect(Suggestion.nearest(to: "inspect", among: ["serve", "query"]) == nil)
    #expect(Suggestion.nearest(to: "", among: []) == nil)
  }

  @Test("is the only word that begins like it, where no other is near")
  func prefix() {
    #expect(Suggestion.nearest(to: "--grpc", among: ["--http-port", "--grpc-port"]) == "--grpc-port")
    #expect(Suggestion.nearest(to: "--http", among: ["--http-port", "--http-host"]) == nil)
  }
}
