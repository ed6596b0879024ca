import Domain
import Testing

@Suite("Line splitter")
struct LineSplitterTests {
  private enum Found: Equatable {
    case line(String)
    case tooLong
  }

  private static func split(_ pieces: [[UInt8]], limit: Int = 16) -> (lines: [Found], consumed: Int) {
    var splitter = LineSplitter(maximumLineBytes: limit)
    var found: [Found] = []
    var consumed = 0
    func note(_ line: LineSplitter.Line) {
      switch line {
      case .tooLong: found.append(.tooLong)
      case .bytes(let range): found.append(.line(String(decoding: splitter.buffer[range], as: UTF8.self)))
      }
    }
    for piece in pieces {
      splitter.feed(piece)
      while let line = splitter.next() { note(line) }
      consumed += splitter.lineEnd
    }
    if let line = splitter.last() { note(line) }
    return (found, consumed)
  }

  @Test("finds lines with either end, empty ones, and a last one without")
  func lines() {
    let text = Array("one\r\n\ntwo\n\r\nthree\r\r\nfour".utf8)
    let expected: [Found] = ["one", "", "two", "", "three\r", "four"].map { .line($0) }
    #expect(Self.split([text]).lines == expected)
    #expect(Self.split([text + Array("\n".utf8)]).lines == expected)
    #expect(Self.split([]).lines.isEmpty)
  }

  @Test("drops a line that is too long, and goes on behind it")
  func longLines() {
    let text = Array("ok\n12345678901234567\n1234567890123456\r\n123456789012345678901234567890\nend".utf8)
    #expect(
      Self.split([text]).lines == [.line("ok"), .tooLong, .line("1234567890123456"), .tooLong, .line("end")])
  }

  @Test("finds the same lines however the bytes arrive", arguments: 0..<50)
  func dripFed(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let alphabet = Array("ab\n\n\r0123456789012345".utf8)
    let text = (0..<Int.random(in: 0...400, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? 0 }
    var pieces: [[UInt8]] = []
    var rest = text[...]
    while !rest.isEmpty {
      let count = min(rest.count, Int.random(in: 1...9, using: &random))
      pieces.append(Array(rest.prefix(count)))
      rest = rest.dropFirst(count)
    }
    #expect(Self.split(pieces).lines == Self.split([text]).lines, "seed \(seed)")
  }
}
