import Domain
import Testing

@Suite("Whole lines") struct WholeLinesTests {
  @Test("come as soon as they are whole, whatever the pieces", arguments: [1, 2, 3, 7, 100])
  func pieces(_ count: Int) {
    let text = Array("one\n\ntwo\r\nthree, longer\nrest".utf8)
    var lines = WholeLines(maximumLineBytes: 50)
    var found: [UInt8] = []
    for start in stride(from: 0, to: text.count, by: count) {
      guard let whole = lines.add(Array(text[start..<min(start + count, text.count)])) else { continue }
      #expect(whole.last == 0x0a)
      found += whole
    }
    #expect(found == Array(text.dropLast(4)))
    let rest = lines.last()
    #expect(rest == Array("rest".utf8))
    let nothing = lines.last()
    #expect(nothing == nil)
  }

  @Test("that are too long come in parts, and the next line is whole again")
  func tooLong() {
    var lines = WholeLines(maximumLineBytes: 4)
    let first = lines.add(Array("abc".utf8))
    #expect(first == nil)
    let second = lines.add(Array("de".utf8))
    #expect(second == Array("abcde".utf8))
    let third = lines.add(Array("f\ngh\ni".utf8))
    #expect(third == Array("f\ngh\n".utf8))
    let fourth = lines.last()
    #expect(fourth == [0x69])
  }
}
