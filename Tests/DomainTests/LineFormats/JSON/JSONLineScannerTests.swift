import Domain
import Testing

@Suite("JSON line scanner")
struct JSONLineScannerTests {
  @Test("reads every part of an event")
  func readsAll() throws {
    let head = #"{"timestamp_ns":1700000000123456789,"service":"cart","level":"WARN","message":"slow: 812 ms","#
    let ids = #""trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","span_id":"00f067aa0ba902b7","#
    let rest = #""attributes":{"pod":"cart-1","node":"n3"},"retries":3,"ratio":0.5,"cached":false,"nothing":null}"#
    let line = try ScannedLine((head + ids + rest).utf8)
    #expect(line.service == "cart")
    #expect(line.message == "slow: 812 ms")
    #expect(line.event.key.timestamp == Timestamp(nanoseconds: 1_700_000_000_123_456_789))
    #expect(line.event.severity == .warn && line.event.severityText == "WARN")
    #expect(line.event.traceID?.description == "4bf92f3577b34da6a3ce929d0e0e4736")
    #expect(line.event.spanID?.description == "00f067aa0ba902b7")
    #expect(
      line.event.attributes == [
        Attribute(key: "pod", value: .string("cart-1")), Attribute(key: "node", value: .string("n3")),
        Attribute(key: "retries", value: .int(3)), Attribute(key: "ratio", value: .double(0.5)),
        Attribute(key: "cached", value: .bool(false)),
      ])
  }

  @Test(
    "understands times as texts and as numbers of any unit",
    arguments: [
      (#""ts":"2023-11-14T22:13:20.123456789Z""#, 1_700_000_000_123_456_789),
      (#""ts":"2023-11-14T23:13:20+01:00""#, 1_700_000_000_000_000_000),
      (#""ts":"2023-11-14 22:13:20.5Z""#, 1_700_000_000_500_000_000),
      (#""ts":1700000000"#, 1_700_000_000_000_000_000),
      (#""ts":"1700000000""#, 1_700_000_000_000_000_000),
      (#""ts":1700000000.123456789"#, 1_700_000_000_123_456_789),
      (#""ts":-1.5"#, -1_500_000_000),
      (#""ts":1700000000123"#, 1_700_000_000_123_000_000),
      (#""ts":1700000000123.25"#, 1_700_000_000_123_250_000),
      (#""ts":1700000000123456"#, 1_700_000_000_123_456_000),
      (#""ts":1700000000123456789"#, 1_700_000_000_123_456_789),
      (#""ts":1.7e9"#, 1_700_000_000_000_000_000),
      (#""timestamp_ns":1700000000"#, 1_700_000_000),
      (#""timestamp_ns":-6795364578871345152"#, -6_795_364_578_871_345_152),
      (#""ts":"1969-12-31T23:59:59.999Z""#, -1_000_000),
    ])
  func times(field: String, expected: Int64) throws {
    let line = try ScannedLine("{\(field),\"msg\":\"x\"}".utf8)
    #expect(line.event.key.timestamp.nanoseconds == expected)
  }

  @Test("takes the unit that the name of a field of its own ends with", arguments: ["at_ms", "when_millis"])
  func namedUnit(name: String) throws {
    var fields = JSONLineFields()
    fields.timestamp = [name]
    let line = try ScannedLine("{\"\(name)\":1700,\"msg\":\"x\"}".utf8, fields: fields)
    #expect(line.event.key.timestamp.nanoseconds == 1_700_000_000)
  }

  @Test(
    "undoes escapes",
    arguments: [
      (#"a\"b\\c\/d"#, "a\"b\\c/d"), (#"\b\f\n\r\t"#, "\u{8}\u{c}\n\r\t"), (#"\u0041\u00e9\u20AC"#, "Aé€"),
      (#"\ud83d\ude00!"#, "😀!"), (#"\ud83d!"#, "\u{fffd}!"), (#"\ude00"#, "\u{fffd}"), (#"\ud83d\u0041"#, "\u{fffd}A"),
      (#"\ud83d\ud83d\ude00"#, "\u{fffd}😀"), (#"\u0000"#, "\u{0}"), (#"end\\"#, "end\\"),
    ])
  func escapes(text: String, expected: String) throws {
    let line = try ScannedLine("{\"ts\":1,\"msg\":\"\(text)\",\"k\":\"\(text)\"}".utf8)
    #expect(line.message == expected)
    #expect(line.attribute("k") == .string(expected))
  }

  @Test("keeps any bytes of a message and repairs those of attributes")
  func anyBytes() throws {
    let odd: [UInt8] = [0xff, 0x00, 0x09, 0xc3, 0x28, 0xed, 0xa0, 0x80]
    let line = try ScannedLine(#"{"ts":1,"msg":""#.utf8 + odd + #"","k":""#.utf8 + odd + #""}"#.utf8)
    #expect(line.event.message == odd)
    #expect(line.attribute("k") == .string(String(decoding: odd, as: UTF8.self)))
  }

  @Test("flattens objects with dots, those under 'attributes' without that prefix")
  func flattens() throws {
    let text = #"{"ts":1,"msg":"m","a":{"b":{"c":1},"d":"x","e":{}},"attributes":{"pod":"p","f":{"g":true}}}"#
    let line = try ScannedLine(text.utf8)
    #expect(
      line.event.attributes == [
        Attribute(key: "a.b.c", value: .int(1)), Attribute(key: "a.d", value: .string("x")),
        Attribute(key: "pod", value: .string("p")), Attribute(key: "f.g", value: .bool(true)),
      ])
  }

  @Test("does not take a field inside 'attributes' for one of the event's own")
  func attributesAreNoRoles() throws {
    let line = try ScannedLine(#"{"ts":1,"msg":"m","service":"a","attributes":{"service":"b","level":"ERROR"}}"#.utf8)
    #expect(line.service == "a")
    #expect(line.event.severity == .unspecified)
    #expect(line.attribute("service") == .string("b"))
  }

  @Test("keeps arrays and numbers that nothing holds as their JSON text, and leaves null out")
  func oddValues() throws {
    let text = #"{"ts":1,"msg":"m","list":[1, {"a":"]"},[]],"big":18446744073709551616,"huge":1e999,"none":null}"#
    let line = try ScannedLine(text.utf8)
    #expect(
      line.event.attributes == [
        Attribute(key: "list", value: .string(#"[1, {"a":"]"},[]]"#)),
        Attribute(key: "big", value: .string("18446744073709551616")),
        Attribute(key: "huge", value: .string("1e999")),
      ])
  }

  @Test("keeps the later of two values of one attribute")
  func duplicates() throws {
    let line = try ScannedLine(#"{"ts":1,"a":1,"b":"x","msg":"m","a":"second","attributes":{"b":2},"c":3}"#.utf8)
    #expect(
      line.event.attributes == [
        Attribute(key: "a", value: .string("second")), Attribute(key: "b", value: .int(2)),
        Attribute(key: "c", value: .int(3)),
      ])
  }

  @Test("prefers the name that is listed first and makes attributes of the others")
  func preference() throws {
    for text in [#"{"ts":2,"time":1,"msg":"b","message":"a"}"#, #"{"message":"a","msg":"b","time":1,"ts":2}"#] {
      let line = try ScannedLine(text.utf8)
      #expect(line.event.key.timestamp.nanoseconds == 1_000_000_000)
      #expect(line.message == "a")
      #expect(line.attribute("ts") == .int(2))
      #expect(line.attribute("msg") == .string("b"))
    }
  }

  @Test("finds fields by paths of keys")
  func paths() throws {
    var fields = JSONLineFields()
    fields.service = ["kubernetes.labels.app"]
    let text = #"{"ts":1,"msg":"m","kubernetes":{"labels":{"app":"web","tier":"front"}}}"#
    let line = try ScannedLine(text.utf8, fields: fields)
    #expect(line.service == "web")
    #expect(line.event.attributes == [Attribute(key: "kubernetes.labels.tier", value: .string("front"))])
  }

  @Test("keeps what is no trace or span id as an attribute")
  func otherIDs() throws {
    let line = try ScannedLine(#"{"ts":1,"msg":"m","trace_id":"7f3a","span_id":12}"#.utf8)
    #expect(line.event.traceID == nil && line.event.spanID == nil)
    #expect(line.attribute("trace_id") == .string("7f3a"))
    #expect(line.attribute("span_id") == .int(12))
    let empty = try ScannedLine(#"{"ts":1,"msg":"m","trace_id":"","span_id":null}"#.utf8)
    #expect(empty.event.attributes.isEmpty)
  }

  @Test("keeps a level that it does not know as text alone, and a message that is no text as JSON")
  func oddLevelAndMessage() throws {
    let line = try ScannedLine(#"{"ts":1,"msg":{"a":[1]},"level":30}"#.utf8)
    #expect(line.message == #"{"a":[1]}"#)
    #expect(line.event.severity == .unspecified && line.event.severityText == "30")
  }

  @Test("takes the default service only where the line names none")
  func defaultService() throws {
    #expect(try ScannedLine(#"{"ts":1,"msg":"m","service":"own"}"#.utf8).service == "own")
    #expect(try ScannedLine(#"{"ts":1,"msg":"m","service":""}"#.utf8).service == "svc")
    let error = try ScannedLine.error(#"{"ts":1,"msg":"m"}"#.utf8, defaultService: nil)
    #expect(error?.problem == .missing(.service))
  }

  @Test("passes over a byte order mark and space")
  func space() throws {
    let line = try ScannedLine([0xef, 0xbb, 0xbf] + "  { \"ts\" : 1 ,\t\"msg\" : \"m\" , \"k\" : [ ] }  \r".utf8)
    #expect(line.message == "m")
    #expect(line.attribute("k") == .string("[ ]"))
  }

  @Test(
    "says where a line is no event",
    arguments: [
      ("", 1, JSONLineError.Problem.notJSON), ("plain text", 1, .notJSON), ("[1]", 1, .notJSON),
      (#"{"ts":1,"msg":"m"} x"#, 20, .notJSON), (#"{"ts":1,"msg":"m""#, 18, .notJSON),
      (#"{"ts":01,"msg":"m"}"#, 7, .notJSON),
      (#"{"ts":1,"msg":"m}"#, 15, .notJSON), (#"{"ts":1,"msg":"\x"}"#, 16, .notJSON),
      (#"{"ts":1,"msg":"\u12"}"#, 16, .notJSON),
      (#"{"ts":1,,"msg":"m"}"#, 9, .notJSON), (#"{"ts":1 "msg":"m"}"#, 9, .notJSON), (#"{ts:1}"#, 2, .notJSON),
      (#"{"ts":tru,"msg":"m"}"#, 7, .notJSON), (#"{"ts":1,"msg":"m","a":[1,]}"#, 26, .notJSON),
      (#"{"ts":1,"msg":"m","a":[1}"#, 25, .notJSON), (#"{"ts":1,"msg":"m","a":{"b":}}"#, 28, .notJSON),
      (#"{"ts":-,"msg":"m"}"#, 8, .notJSON), (#"{"ts":1.,"msg":"m"}"#, 9, .notJSON), (#"{"ts":1,}"#, 9, .notJSON),
      (#"{"msg":"m"}"#, 1, .missing(.timestamp)), (#"{"ts":1}"#, 1, .missing(.message)),
      (#"{"ts":"yesterday","msg":"m"}"#, 8, .invalid(.timestamp)), (#"{"ts":true,"msg":"m"}"#, 7, .invalid(.timestamp)),
      (#"{"ts":99999999999999999999,"msg":"m"}"#, 7, .invalid(.timestamp)),
    ])
  func refuses(line: String, column: Int, problem: JSONLineError.Problem) throws {
    let error = try #require(try ScannedLine.error(line.utf8))
    #expect(error.column == column, "\(error)")
    #expect(error.problem == problem)
  }

  @Test("refuses what is nested too deep, and takes what is not")
  func depth() throws {
    func nested(_ depth: Int, _ open: String, _ close: String) -> String {
      #"{"ts":1,"msg":"m","a":"# + String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
        + "}"
    }
    #expect(try ScannedLine.error(nested(63, #"{"k":"#, "}").utf8) == nil)
    #expect(try ScannedLine.error(nested(64, "[", "]").utf8) == nil)
    #expect(try ScannedLine.error(nested(64, #"{"k":"#, "}").utf8)?.problem == .notJSON)
    #expect(try ScannedLine.error(nested(65, "[", "]").utf8)?.problem == .notJSON)
    #expect(try ScannedLine.error(nested(1_000_000, "[", "]").utf8)?.problem == .notJSON)
  }

  @Test("forgets one line before the next, a refused one too")
  func independence() throws {
    var scanner = JSONLineScanner(defaultService: try ServiceName("svc"))
    var columns = EventColumns()
    for text in [
      #"{"ts":1,"msg":"a\n","level":"ERROR","service":"x","k":1}"#, #"{"ts":2,"k":2,"trace_id""#,
      #"{"ts":3,"msg":"c"}"#,
    ] {
      let line = Array(text.utf8)
      do { try scanner.scan(line.span) } catch { continue }
      scanner.append(line.span, to: &columns, index: UInt32(columns.count))
    }
    #expect(scanner.service == Array("svc".utf8))
    #expect(columns.timestamps == [1_000_000_000, 3_000_000_000])
    #expect(columns.severities == [17, 0])
    #expect(columns.messages == Array("a\nc".utf8))
    #expect(columns.attributeEnds[0] == columns.attributeEnds[1])
  }

  @Test("never says less than the event takes in a batch")
  func bound() throws {
    let text = #"{"ts":1,"msg":"hello","level":"INFO","a":1,"b":"two","c":{"d":3.5}}"#
    var scanner = JSONLineScanner(defaultService: try ServiceName("svc"))
    let line = Array(text.utf8)
    try scanner.scan(line.span)
    #expect(scanner.maximumEncodedBytes >= 5 + 4 + 3 * 16)
    #expect(scanner.maximumEncodedBytes < 300)
  }
}
