import Domain
import Testing

@Suite("Events of a container's lines")
struct ContainerLineTests {
  private static func line(_ second: Int, _ stream: String, _ tag: String, _ text: String) -> String {
    "2026-01-02T03:04:0\(second).000000001Z \(stream) \(tag) \(text)\n"
  }

  @Test("have the runtime's time, its stream as an attribute, and the text behind the tag")
  func heads() throws {
    let file = try ReadFile(
      "2026-01-02T03:04:05.123456789+01:00 stderr F 10:00 ERROR  x \n2026-01-02T03:04:05Z stdout F:more \n"
        + "2026-01-02T03:04:05Z stdout F\n")
    #expect(file.messages == ["10:00 ERROR  x ", "", ""])
    #expect(file.times[0] == "2026-01-02T02:04:05.123456789Z")
    #expect(file.attribute("stream", of: 0) == .string("stderr"))
    #expect(file.attribute("stream", of: 1) == .string("stdout"))
    #expect(file.events[0].severity == .error)
  }

  @Test(
    "are text if they have another shape",
    arguments: [
      "2026-01-02T03:04:05Z stdin F x", "2026-01-02T03:04:05Z stdout X x", "2026-01-02T03:04:05Z stdout Fx",
      "2026-13-02T03:04:05Z stdout F x", "2026-01-02 03:04:05Z stdout F x", "2026-01-02T03:04:05Z stdout",
    ])
  func otherShapes(line: String) throws {
    let file = try ReadFile(line)
    #expect(file.messages == [line])
    #expect(file.attribute("stream", of: 0) == nil)
  }

  @Test("are joined from their parts, at the time of the first")
  func parts() throws {
    let file = try ReadFile(
      Self.line(1, "stdout", "P", "one ") + Self.line(2, "stdout", "P", "two ") + Self.line(3, "stdout", "F", "three")
        + Self.line(4, "stdout", "F", "next"))
    #expect(file.messages == ["one two three", "next"])
    #expect(file.times == ["2026-01-02T03:04:01.000000001Z", "2026-01-02T03:04:04.000000001Z"])
    #expect(file.steps.count == 2)
  }

  @Test("hold JSON, whole or in parts; a time of its own counts, the runtime's otherwise")
  func json() throws {
    let file = try ReadFile(
      Self.line(1, "stdout", "P", #"{"msg":"a","#) + Self.line(2, "stdout", "F", #""level":"warn"}"#)
        + Self.line(3, "stderr", "F", #"{"msg":"b","time":"2020-01-01T00:00:00Z"}"#))
    #expect(file.messages == ["a", "b"])
    #expect(file.times == ["2026-01-02T03:04:01.000000001Z", "2020-01-01T00:00:00.000000000Z"])
    #expect(file.events[0].severity == .warn)
    #expect(file.attribute("stream", of: 1) == .string("stderr"))
    #expect(file.counts.eventsWithoutTime == 0)
  }

  @Test("of both streams in each other are one range with several events")
  func interleaved() throws {
    let text =
      Self.line(1, "stdout", "P", "a1 ") + Self.line(2, "stderr", "F", "e1") + Self.line(3, "stdout", "P", "a2 ")
      + Self.line(4, "stderr", "P", "e2 ") + Self.line(5, "stdout", "F", "a3") + Self.line(6, "stderr", "F", "e3")
    let file = try ReadFile(text + Self.line(7, "stdout", "F", "next"))
    #expect(file.messages == ["a1 a2 a3", "e1", "e2 e3", "next"])
    #expect(file.steps.first == .event(0..<text.utf8.count))
    #expect(file.steps.count == 2)
    let streams = file.events.indices.map { file.attribute("stream", of: $0) }
    #expect(streams == ["stdout", "stderr", "stderr", "stdout"].map { .string($0) })
  }

  @Test("wait for the last of their parts, unless there is no more")
  func waiting() throws {
    var reader = EventReader(EventReaderOptions(), defaultService: try ServiceName("svc"))
    let open = Array((Self.line(1, "stdout", "P", "a") + Self.line(2, "stderr", "F", "b")).utf8)
    #expect(reader.next(in: open.span, from: 0, isEnd: false, now: ReadFile.now) == .incomplete)
    #expect(reader.next(in: open.span, from: 0, isEnd: true, now: ReadFile.now) == .event(0..<open.count))
    #expect(reader.eventCount == 2)
    #expect(reader.counts.cutEvents == 1)
  }

  @Test("are joined to the ones that they follow in their own stream")
  func multiline() throws {
    let text =
      Self.line(1, "stderr", "F", "failed") + Self.line(2, "stderr", "P", "\tat ") + Self.line(3, "stderr", "F", "a.b")
      + Self.line(4, "stderr", "F", "") + Self.line(5, "stderr", "F", "\tat c.d") + Self.line(6, "stdout", "F", " e")
    let file = try ReadFile(text, multiline: .indentation)
    #expect(file.messages == ["failed\n\tat a.b\n\n\tat c.d", " e"])
  }

  @Test("that never end are cut, and nothing of them is lost")
  func neverEnding() throws {
    var options = EventReaderOptions()
    options.maximumEventBytes = 256
    let parts = (0..<20).map { Self.line($0 % 10, "stdout", "P", "part \($0) ") }.joined()
    let file = try ReadFile(parts, options)
    #expect(file.messages.joined() == (0..<20).map { "part \($0) " }.joined())
    #expect(file.counts.cutEvents > 0)
  }
}
