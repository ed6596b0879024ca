import Domain
import Testing

@Suite("Events of several lines")
struct MultilineTests {
  /// Finds a text anywhere in the line.
  private struct Containing: LinePattern {
    let text: String

    func matches(_ line: Span<UInt8>) -> Bool { String(repairing: line).contains(text) }
  }

  @Test("join what is indented, blank lines between included")
  func indented() throws {
    let file = try ReadFile("a\n  b\n\n\tc\n\n\nd\n", multiline: .indentation)
    #expect(file.messages == ["a\n  b\n\n\tc", "d"])
    #expect(file.steps == [.event(0..<10), .blank(10..<11), .blank(11..<12), .event(12..<14)])
  }

  @Test("are joined by line feeds, whatever ended the lines")
  func lineEnds() throws {
    let file = try ReadFile("a\r\n  b\r\n\r\n\tc\r\nd", multiline: .indentation)
    #expect(file.messages == ["a\n  b\n\n\tc", "d"])
  }

  @Test("hold a stack trace", arguments: StackTrace.allCases)
  func stackTraces(trace: StackTrace) throws {
    let next = "2026-01-02T03:04:06Z INFO next"
    let file = try ReadFile("\(trace.rawValue)\n\(next)\n", multiline: .indentation)
    #expect(file.messages == [trace.rawValue, next])
    #expect(file.times[0] == "2026-01-02T03:04:05.000000000Z")
  }

  @Test("begin where the pattern matches")
  func startPattern() throws {
    let file = try ReadFile("x\nSTART a\nb\n\nc\n\nSTART d\n", multiline: .start(Containing(text: "START")))
    #expect(file.messages == ["x", "START a\nb\n\nc", "START d"])
  }

  @Test("end before a JSON line, and a JSON line takes no others")
  func jsonBetween() throws {
    let file = try ReadFile(
      "a\n b\n{\"msg\":\"c\"}\n d\n e\n", multiline: .start(Containing(text: "START")))
    #expect(file.messages == ["a\n b", "c", " d\n e"])
  }

  @Test("are given out at the end of what is there, and not before")
  func waiting() throws {
    var options = EventReaderOptions()
    options.multiline = .indentation
    var reader = EventReader(options, defaultService: try ServiceName("svc"))
    let bytes = Array("a\n b\n".utf8)
    #expect(reader.next(in: bytes.span, from: 0, isEnd: false, now: ReadFile.now) == .incomplete)
    #expect(reader.next(in: bytes.span, from: 0, isEnd: true, now: ReadFile.now) == .event(0..<5))
  }

  @Test("end before they have too many lines or bytes; what comes then has their time")
  func bounded() throws {
    var options = EventReaderOptions()
    options.multiline = .indentation
    options.maximumEventLines = 3
    options.maximumEventBytes = 256
    let many = try ReadFile("2026-01-02T03:04:05Z x\n 1\n 2\n 3\n 4\n 5\n 6\n", options)
    #expect(many.messages == ["2026-01-02T03:04:05Z x\n 1\n 2", " 3\n 4\n 5", " 6"])
    #expect(Set(many.times) == ["2026-01-02T03:04:05.000000000Z"])
    #expect(many.counts.cutEvents == 2)
    let long = " " + String(repeating: "y", count: 200)
    #expect(try ReadFile("x\n\(long)\n\(long)\n", options).messages == ["x\n\(long)", long])
  }

  @Test("do not swallow a program's words behind a trace")
  func behindTraces() throws {
    let trace = "panic: x\n\ngoroutine 1 [running]:\nmain.main()\n\t/a.go:5 +0x1d"
    let file = try ReadFile("\(trace)\nexit status 2\nmain.main()\n", multiline: .indentation)
    #expect(file.messages == [trace, "exit status 2", "main.main()"])
  }
}
