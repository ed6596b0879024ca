import Domain
import Testing

@Suite("substring search")
struct SubstringSearchTests {
  @Test("finds what a naive search finds, in random text of few letters", arguments: [2, 4, 200])
  func agreesWithNaive(_ letters: Int) {
    var random = SeededGenerator(seed: UInt64(letters))
    for _ in 0..<2_000 {
      let text = (0..<random.below(300)).map { _ in UInt8(random.below(letters)) &+ 0x40 }
      let needle: [UInt8]
      if random.below(2) == 0, text.count > 2 {
        let start = random.below(text.count - 1)
        needle = Array(text[start..<min(text.count, start + 1 + random.below(90))])
      } else {
        needle = (0..<(1 + random.below(5))).map { _ in UInt8(random.below(letters)) &+ 0x40 }
      }
      let from = random.below(text.count + 1)
      #expect(Self.first(needle, in: text, from: from) == Self.naive(needle, text, from))
    }
  }

  @Test("an empty needle is where the search begins; one longer than the text is nowhere")
  func edges() {
    #expect(Self.first([], in: [1, 2], from: 1) == 1)
    #expect(Self.first([1, 2, 3], in: [1, 2]) == nil)
    #expect(Self.first([1], in: []) == nil)
  }

  private static func first(_ needle: [UInt8], in text: [UInt8], from: Int = 0) -> Int? {
    SubstringSearch(needle).first(in: text.span, from: from)
  }

  private static func naive(_ needle: [UInt8], _ text: [UInt8], _ from: Int) -> Int? {
    guard text.count - needle.count >= from else { return nil }
    return (from...(text.count - needle.count)).first { Array(text[$0..<($0 + needle.count)]) == needle }
  }
}
