import Domain
import Testing

@Suite("Events of text lines")
struct EventReaderTextTests {
  @Test("are the lines, byte for byte but for their ends")
  func lines() throws {
    let text = "one \r\n\t two\n\n  \r\nthree\r\r\n\u{0}four é"
    let file = try ReadFile(text)
    #expect(file.messages == ["one ", "\t two", "three\r", "\u{0}four é"])
    #expect(file.steps.count == 6)
    #expect(file.services == ["svc", "svc", "svc", "svc"])
    #expect(file.attribute("file", of: 0) == .string("/a.log"))
  }

  @Test("keep bytes that are no text")
  func anyBytes() throws {
    let bytes: [UInt8] = [0xff, 0x00, 0xc3, 0x28, 0x0a, 0x80, 0x0a]
    #expect(try ReadFile([bytes]).events.map(\.message) == [[0xff, 0x00, 0xc3, 0x28], [0x80]])
  }

  @Test("have the time and level that they say, and keep both in the message")
  func timeAndLevel() throws {
    let file = try ReadFile("2026-01-02 03:04:05,678 - WARN  [main] - slow\n")
    #expect(file.times == ["2026-01-02T03:04:05.678000000Z"])
    #expect(file.events[0].severity == .warn)
    #expect(file.events[0].severityText == "WARN")
    #expect(file.messages == ["2026-01-02 03:04:05,678 - WARN  [main] - slow"])
    #expect(file.counts == EventReaderCounts())
  }

  @Test("without a time have that of the line they belong to, else that of their reading")
  func withoutTime() throws {
    let file = try ReadFile("plain\n2026-01-02T03:04:05Z failed\n  at a.b(c)\nCaused by: x\nplain again\n")
    #expect(
      file.times == [
        "2026-11-24T12:00:00.000000000Z", "2026-01-02T03:04:05.000000000Z", "2026-01-02T03:04:05.000000000Z",
        "2026-01-02T03:04:05.000000000Z", "2026-11-24T12:00:00.000000000Z",
      ])
    #expect(file.counts.eventsWithoutTime == 2)
  }

  @Test("are cut where they are too long, never inside a character, and nothing of them is lost")
  func longLines() throws {
    var options = EventReaderOptions()
    options.maximumEventBytes = 256
    let line = "2026-01-02T03:04:05Z ERROR " + String(repeating: "é", count: 300)
    let file = try ReadFile("\(line)\r\nnext\n", options)
    #expect(file.messages.dropLast().joined() == line)
    #expect(file.messages.dropLast().allSatisfy { $0.utf8.count <= 256 && !$0.contains("\u{fffd}") })
    #expect(Set(file.times.dropLast()) == ["2026-01-02T03:04:05.000000000Z"])
    #expect(file.events.dropLast().allSatisfy { $0.severity == .error })
    #expect(file.messages.last == "next")
    #expect(file.counts.cutEvents == file.messages.count - 2)
  }

  @Test("of exactly the most bytes are not cut", arguments: ["\n", "\r\n", ""])
  func exactlyFitting(end: String) throws {
    var options = EventReaderOptions()
    options.maximumEventBytes = 256
    let line = String(repeating: "x", count: 256)
    let file = try ReadFile("\(line)\(end)", options)
    #expect(file.messages == [line])
    #expect(file.counts.cutEvents == 0)
  }

  @Test("take the rest of a line that was given out early as an event of its own, at the same time")
  func lateRest() throws {
    var reader = EventReader(EventReaderOptions(), defaultService: try ServiceName("svc"))
    let bytes = Array("2026-01-02T03:04:05Z INFO begin 2020-01-01T00:00:00Z ERROR end\r\nnext\n".utf8)
    let early = reader.next(in: bytes.span.extracting(..<32), from: 0, isEnd: true, now: ReadFile.now)
    #expect(early == .event(0..<32))
    let late = reader.next(in: bytes.span, from: 32, isEnd: false, now: ReadFile.now)
    #expect(late == .event(32..<64))
    var columns = EventColumns()
    reader.append(bytes.span, to: &columns, index: 0, attributes: bytes.span.extracting(..<0))
    #expect(columns.timestamps == [1_767_323_045_000_000_000])
    #expect(columns.severities == [Severity.info.number])
    #expect(String(decoding: columns.messages, as: UTF8.self) == "2020-01-01T00:00:00Z ERROR end")
    #expect(reader.next(in: bytes.span, from: 64, isEnd: false, now: ReadFile.now) == .event(64..<69))
  }

  @Test("bear a line of nothing but carriage returns, and one of 5 MiB")
  func extremes() throws {
    let returns = [UInt8](repeating: 0x0d, count: 1_000)
    #expect(try ReadFile([returns]).events.map(\.message) == [Array(returns.dropLast())])
    let long = [UInt8](repeating: 0x61, count: 5 << 20)
    let file = try ReadFile([long + [0x0a]])
    #expect(file.events.map(\.message.count) == [1 << 20, 1 << 20, 1 << 20, 1 << 20, 1 << 20])
    #expect(Array(file.events.map(\.message).joined()) == long)
  }
}
