import Domain
import Testing

@Suite("Events of JSON lines")
struct EventReaderJSONTests {
  @Test("say their own time, service, level, message and attributes")
  func fields() throws {
    let file = try ReadFile(
      #"{"ts":"2026-01-02T03:04:05Z","service":"shop","level":"error","msg":"a\tb","n":1}"# + "\r\n")
    #expect(file.messages == ["a\tb"])
    #expect(file.times == ["2026-01-02T03:04:05.000000000Z"])
    #expect(file.services == ["shop"])
    #expect(file.events[0].severity == .error)
    #expect(file.attribute("n", of: 0) == .int(1))
    #expect(file.attribute("file", of: 0) == .string("/a.log"))
  }

  @Test("keep what they call like an attribute that is added to them, under another name")
  func reservedKeys() throws {
    var options = EventReaderOptions()
    options.reservedKeys = ["file", "offset", "stream"]
    let line = #"{"msg":"a","file":"main.go","attributes":{"offset":7},"stream":{"id":1},"files":2}"#
    let file = try ReadFile(line, options)
    #expect(file.attribute("file", of: 0) == .string("/a.log"))
    #expect(file.attribute("logged.file", of: 0) == .string("main.go"))
    #expect(file.attribute("logged.offset", of: 0) == .int(7))
    #expect(file.attribute("stream.id", of: 0) == .int(1))
    #expect(file.attribute("files", of: 0) == .int(2))
    #expect(file.events[0].attributes.count == 5)
  }

  @Test("without a time have that of their reading, without a service the default")
  func defaults() throws {
    let file = try ReadFile(#"{"msg":"a"}"#)
    #expect(file.times == ["2026-11-24T12:00:00.000000000Z"])
    #expect(file.services == ["svc"])
    #expect(file.counts.eventsWithoutTime == 1)
  }

  @Test("may write their time as text lines do; one that is not understood stays as an attribute")
  func oddTimes() throws {
    let file = try ReadFile(
      #"{"time":"2026-01-02 03:04:05,5","msg":"a"}"# + "\n" + #"{"time":"yesterday","msg":"b"}"#)
    #expect(file.times == ["2026-01-02T03:04:05.500000000Z", "2026-11-24T12:00:00.000000000Z"])
    #expect(file.attribute("time", of: 0) == nil)
    #expect(file.attribute("time", of: 1) == .string("yesterday"))
  }

  @Test("keep a service with a name that is not allowed as an attribute")
  func badService() throws {
    let file = try ReadFile(#"{"service":"_x","msg":"a"}"#)
    #expect(file.services == ["svc"])
    #expect(file.attribute("service", of: 0) == .string("_x"))
  }

  @Test(
    "that have a key twice are text, so that nothing of them is lost",
    arguments: [
      #"{"message":"m","a":1,"a":2}"#, #"{"message":"m","message":"n"}"#, #"{"msg":"m","a.b":1,"a":{"b":2}}"#,
      #"{"msg":"m","attributes":{"a":1},"a":2}"#, #"{"msg":"m","level":"info","level":"warn"}"#,
    ])
  func repeatedKeys(line: String) throws {
    #expect(try ReadFile("\(line)\n").messages == [line])
    // The next line is not held to it.
    #expect(try ReadFile("\(line)\n" + #"{"msg":"m","a":1,"b":{"a":2},"c":null,"c":3}"# + "\n").messages.last == "m")
  }

  @Test(
    "that are none, or have no message, are text",
    arguments: [#"{"msg":"a""#, #"{"a":1}"#, "{}", "{", #"{"msg":"a"} b"#, #"["msg"]"#, #"{"msg":1,}"#, "{not json}"])
  func notJSON(line: String) throws {
    let file = try ReadFile("\(line)\n")
    #expect(file.messages == [line])
    #expect(file.events[0].attributes.count == 1)
  }

  @Test("that the server would refuse for their attributes are text")
  func tooMuch() throws {
    let many = (0..<200).map { #""k\#($0)":1"# }.joined(separator: ",")
    let lines = [
      #"{"msg":"a",\#(many)}"#, #"{"msg":"a","v":"\#(String(repeating: "x", count: 40_000))"}"#,
      #"{"msg":"a","\#(String(repeating: "k", count: 300))":1}"#,
      #"{"msg":"a","level":"\#(String(repeating: "l", count: 65))"}"#,
    ]
    #expect(try ReadFile(lines.joined(separator: "\n")).messages == lines)
  }

  @Test("are text where the format says so")
  func textFormat() throws {
    var options = EventReaderOptions()
    options.format = .text
    #expect(try ReadFile(#"{"msg":"a"}"#, options).messages == [#"{"msg":"a"}"#])
  }
}
