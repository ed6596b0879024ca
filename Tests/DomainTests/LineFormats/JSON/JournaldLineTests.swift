import Testing

@testable import Domain

@Suite("Lines of systemd's journal") struct JournaldLineTests {
  @Test("say time, service, level and message")
  func plain() throws {
    let scanner = try scanned(
      #"""
      {"__CURSOR":"s=1","__REALTIME_TIMESTAMP":"1700000000123456","MESSAGE":"a \"b\"","PRIORITY":"3",\#
      "SYSLOG_IDENTIFIER":"app","_SYSTEMD_UNIT":"app.service","_PID":"1"}
      """#)
    #expect(scanner.event.timestamp == Timestamp(nanoseconds: 1_700_000_000_123_456_000))
    #expect(String(decoding: scanner.service, as: UTF8.self) == "app")
    #expect(scanner.event.severity == .error)
    #expect(String(decoding: scanner.event.severityText, as: UTF8.self) == "err")
    #expect(scanner.event.unescapedMessage == Array(#"a "b""#.utf8))
    // The unit and the process; no cursor.
    #expect(scanner.attributes.count == 2)
  }

  @Test("have a message of bytes where it is no text", arguments: [[], [0x20], [0x09]])
  func bytes(_ space: [UInt8]) throws {
    let between = String(decoding: space, as: UTF8.self)
    let scanner = try scanned(#"{"__REALTIME_TIMESTAMP":"1","MESSAGE":[0,\#(between)104,255\#(between)],"_COMM":"x"}"#)
    #expect(scanner.event.message == .unescaped)
    #expect(scanner.event.unescapedMessage == [0, 104, 255])
  }

  @Test(
    "have other arrays as JSON text",
    arguments: ["[]", "[256]", "[\"a\",\"b\"]", "[-1]", "[1.5]", "[[1]]", "[99999999999999999999999]"])
  func arrays(_ array: String) throws {
    let line = #"{"__REALTIME_TIMESTAMP":"1","MESSAGE":\#(array),"_COMM":"x"}"#
    let start = Array(line.utf8).count - Array(#","_COMM":"x"}"#.utf8).count - array.utf8.count
    #expect(try scanned(line).event.message == .line(start..<start + array.utf8.count))
  }

  @Test("without a message say nothing")
  func noMessage() {
    #expect(throws: JSONLineError.self) { try scanned(#"{"__REALTIME_TIMESTAMP":"1","MESSAGE":null,"_COMM":"x"}"#) }
  }

  @Test("are only understood so where it is asked for")
  func plainDialect() throws {
    let line = Array(#"{"ts":1,"service":"a","message":[104],"level":"3","__x":1}"#.utf8)
    var scanner = JSONLineScanner()
    try scanner.scan(line.span)
    #expect(scanner.event.message == .line(32..<37))
    #expect(scanner.event.severity == .unspecified)
    #expect(scanner.attributes.count == 1)
  }

  private func scanned(_ line: String) throws -> JSONLineScanner {
    let bytes = Array(line.utf8)
    var scanner = JSONLineScanner(fields: .journald)
    try scanner.scan(bytes.span)
    return scanner
  }
}
