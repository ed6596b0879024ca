import Domain
import Testing

/// Made-up files of everything that lines can be, however they arrive.
@Suite("Events of any file", .timeLimit(.minutes(1)))
struct EventReaderPropertyTests {
  private struct Contains: LinePattern {
    let byte: UInt8

    func matches(_ line: Span<UInt8>) -> Bool {
      for offset in 0..<line.count where line[offset] == byte { return true }
      return false
    }
  }

  private static func options(_ random: inout SeededGenerator) -> EventReaderOptions {
    var options = EventReaderOptions()
    options.format = EventReaderOptions.Format.allCases[random.below(4)]
    options.maximumEventBytes = 256 + random.below(64)
    options.maximumEventLines = 1 + random.below(8)
    switch random.below(3) {
    case 0: options.multiline = .indentation
    case 1: options.multiline = .start(Contains(byte: UInt8(ascii: "5")))
    default: break
    }
    return options
  }

  private static let starts: [String] = [
    "", "", "\t", "  ", "2026-01-02T03:04:05Z stdout P ", "2026-01-02T03:04:06.5Z stdout F ",
    "2026-01-02T03:04:05Z stderr P ", "2026-01-02T03:04:06.5Z stderr F ", "2026-01-02 03:04:05,1 ERROR ", "Caused by: ",
    #"{"msg":""#, #"{"msg":"a","time":1}"#, "Traceback (most recent call last):", "goroutine 1", "}", "é\u{1F600}",
  ]

  private static func content(_ random: inout SeededGenerator) -> [UInt8] {
    var bytes: [UInt8] = []
    for _ in 0..<random.below(40) {
      bytes.append(contentsOf: starts[random.below(starts.count)].utf8)
      switch random.below(5) {
      case 0: bytes.append(contentsOf: random.bytes(random.below(40)))
      case 1: bytes.append(contentsOf: [UInt8](repeating: random.bytes(1)[0], count: random.below(700)))
      case 2: bytes.append(contentsOf: #""}"#.utf8)
      case 3: bytes.append(contentsOf: "word 5".utf8)
      default: break
      }
      bytes.append(contentsOf: [[0x0a], [0x0a], [0x0d, 0x0a], [0x0d], []][random.below(5)])
    }
    return bytes
  }

  @Test("cover it once, the same however it arrives", arguments: UInt64(0)..<400)
  func dripFed(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let options = Self.options(&random)
    let content = Self.content(&random)
    // That ranges follow each other and that a window is enough is required inside.
    let whole = try ReadFile([content], options)
    var pieces: [[UInt8]] = []
    var rest = content[...]
    while !rest.isEmpty {
      let count = min(rest.count, 1 + random.below([2, 9, 200][random.below(3)]))
      pieces.append(Array(rest.prefix(count)))
      rest = rest.dropFirst(count)
    }
    let pieced = try ReadFile(pieces, options)
    #expect(pieced.steps == whole.steps, "seed \(seed)")
    #expect(pieced.events == whole.events, "seed \(seed)")
    #expect(pieced.counts == whole.counts, "seed \(seed)")
  }

  @Test("lose nothing of a text but line ends and blank lines", arguments: UInt64(0)..<100)
  func nothingLost(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var options = Self.options(&random)
    options.format = .text
    let content = Self.content(&random)
    func isInk(_ byte: UInt8) -> Bool { ![0x0a, 0x0d, 0x20, 0x09].contains(byte) }
    let messages = try ReadFile([content], options).events.flatMap(\.message)
    #expect(messages.filter(isInk) == content.filter(isInk), "seed \(seed)")
  }

  @Test("fit the encoded size they announce", arguments: UInt64(0)..<50)
  func encodedSize(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let options = Self.options(&random)
    let content = Self.content(&random)
    var reader = EventReader(options, defaultService: try ServiceName("svc"))
    var position = 0
    let none: [UInt8] = []
    while position < content.count {
      switch reader.next(in: content.span, from: position, isEnd: true, now: ReadFile.now) {
      case .incomplete:
        Issue.record("incomplete at the end, seed \(seed)")
        return
      case .blank(let range): position = range.upperBound
      case .event(let range):
        var columns = EventColumns()
        reader.append(content.span, to: &columns, index: 0, attributes: none.span)
        let bytes = columns.messages.count + columns.attributes.count + 64 * columns.count
        #expect(bytes <= reader.maximumEncodedBytes, "seed \(seed)")
        position = range.upperBound
      }
    }
  }
}
