import Domain
import Testing

@testable import Domain

@Suite("Times in lines")
struct LineTimeTests {
  private static func find(_ line: String, zone: Int = 0, now: String = "2026-11-24T12:00:00Z") -> String? {
    guard let now = RFC3339.timestamp(now) else { return "no time: \(now)" }
    let bytes = Array(line.utf8)
    return LineTime.find(in: bytes.span, WrittenTime.Context(zone: zone, now: now)).map { RFC3339.text($0.timestamp) }
  }

  struct Example: Sendable, CustomTestStringConvertible {
    let line: String
    let time: String?
    var testDescription: String { line }

    init(_ line: String, _ time: String?) {
      self.line = line
      self.time = time.map { $0.contains(".") ? $0 : $0.dropLast() + ".000000000Z" }
    }
  }

  @Test(
    "are found in the shapes that systems write",
    arguments: [
      Example("2026-01-02T03:04:05Z x", "2026-01-02T03:04:05Z"),
      Example("2026-01-02t03:04:05.123456789123Z", "2026-01-02T03:04:05.123456789Z"),
      Example("2026-01-02 03:04:05,678 - INFO", "2026-01-02T03:04:05.678000000Z"),
      Example("2026-01-02 03:04:05.5+0130 x", "2026-01-02T01:34:05.500000000Z"),
      Example("2026-01-02T03:04:05-08:00", "2026-01-02T11:04:05Z"),
      Example("2026-01-02 03:04:05-05 [9] LOG:", "2026-01-02T08:04:05Z"),
      Example("2026-01-02 03:04:05.123 UTC [9] LOG:", "2026-01-02T03:04:05.123000000Z"),
      Example("2026-01-02 03:04:05 +0200 x", "2026-01-02T01:04:05Z"),
      Example("2016-09-28 04:30:30, Info      CBS", "2016-09-28T04:30:30Z"),
      Example("2026/01/02 15:04:05.123456 main.go:5", "2026-01-02T15:04:05.123456000Z"),
      Example("2026-12-31 23:59:60 leap", "2027-01-01T00:00:00Z"),
      Example("[2026-01-02 03:04:05] x", "2026-01-02T03:04:05Z"),
      Example("1.2.3.4 - - [29/Jul/2026:12:34:56 +0200] \"GET /\"", "2026-07-29T10:34:56Z"),
      Example("29-Jul-2026 12:34:56.789 WARNING [main]", "2026-07-29T12:34:56.789000000Z"),
      Example("[Sun Dec 04 04:47:44 2005] [notice] x", "2005-12-04T04:47:44Z"),
      Example("[Wed Oct 11 14:32:52.123456 2017] [core:error]", "2017-10-11T14:32:52.123456000Z"),
      Example("Sun, 06 Nov 1994 08:49:37 GMT x", "1994-11-06T08:49:37Z"),
      Example("Jun 14 15:16:01 combo sshd[1]: x", "2026-06-14T15:16:01Z"),
      Example("Jul  9 12:16:51 combo x", "2026-07-09T12:16:51Z"),
      Example("Jan 2 2024 03:04:05 %ASA-6-302015", "2024-01-02T03:04:05Z"),
      Example("<34>1 2003-10-11T22:14:15.003Z host su", "2003-10-11T22:14:15.003000000Z"),
      Example("<13>Oct 11 22:14:15 host app: x", "2026-10-11T22:14:15Z"),
      Example("081109 203615 148 INFO x", "2008-11-09T20:36:15Z"),
      Example("990101 000000 x", "1999-01-01T00:00:00Z"),
      Example("17/06/09 20:10:40 INFO x", "2017-06-09T20:10:40Z"),
      Example("I0102 15:04:05.123456   123 main.go:10] x", "2026-01-02T15:04:05.123456000Z"),
      Example("03-17 16:13:38.811  1702  2395 D Tag: x", "2026-03-17T16:13:38.811000000Z"),
      Example("20171223-22:15:29:606|Step|x", "2017-12-23T22:15:29.606000000Z"),
      Example("20171224-0:1:10:148|Step|x", "2017-12-24T00:01:10.148000000Z"),
      Example("20260102T150405Z x", "2026-01-02T15:04:05Z"),
      Example("[10.30 16:49:06] chrome.exe", "2026-10-30T16:49:06Z"),
      Example("1117838570 x", "2005-06-03T22:42:50Z"),
      Example("1117838570.25 x", "2005-06-03T22:42:50.250000000Z"),
      Example("1117838570123 x", "2005-06-03T22:42:50.123000000Z"),
      Example("- 1117838570 2005.06.03 R02-M1", "2005-06-03T22:42:50Z"),
      Example("APPREAD 1117838570 2005.06.03", "2005-06-03T22:42:50Z"),
      Example("134681 node-246 unix.hw state_change.unavailable 1077804742 1 x", "2004-02-26T14:12:22Z"),
      Example("ts=1117838570.5 level=info", "2005-06-03T22:42:50.500000000Z"),
      Example("time=\"2026-01-02T03:04:05Z\" level=info", "2026-01-02T03:04:05Z"),
      Example("level=info ts=2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z"),
      Example("web_1  | 2026-01-02 03:04:05 x", "2026-01-02T03:04:05Z"),
      Example("nova.log.1.2017-05-16_13:53:08 2017-05-16 00:00:00.008 25746 INFO", "2017-05-16T00:00:00.008000000Z"),
    ])
  func shapes(example: Example) {
    #expect(Self.find(example.line) == example.time)
  }

  @Test(
    "are not seen where there are none",
    arguments: [
      "", " ", "[", "word", "user 1234567890 logged in", "12345678901 x", "2026-13-02T03:04:05Z",
      "2026-02-30 03:04:05 x",
      "2026-01-02 24:04:05", "2026-01-02", "2026-01-02 x", "Jan", "Jan 2", "Jan 32 03:04:05", "I01", "I0102",
      "123456 123456 x",
      "03-17 x", "12:34:56 x", "x Jan 2 15:04:05", "v081109 203615", "9999999999 x", "999999999 x",
      "2026-01-02 03:04:056",
      "99999999999999999999", "9999999999999999999 x", "<34>", "<34", "ts=", "0000-00-00 00:00:00",
    ])
  func none(line: String) {
    #expect(Self.find(line) == nil)
  }

  @Test("are looked for in the first hundred bytes only")
  func bounded() {
    let time = "2026-01-02T03:04:05Z"
    #expect(Self.find(String(repeating: "x ", count: 49) + time) != nil)
    #expect(Self.find(String(repeating: "x ", count: 50) + time) == nil)
  }

  @Test("without a zone are in the one given")
  func zones() {
    #expect(Self.find("2026-01-02 03:04:05", zone: 3_600) == "2026-01-02T02:04:05.000000000Z")
    #expect(Self.find("2026-01-02 03:04:05Z", zone: 3_600) == "2026-01-02T03:04:05.000000000Z")
    #expect(Self.find("Nov 24 13:30:00 x", zone: 3_600) == "2026-11-24T12:30:00.000000000Z")
    #expect(Self.find("1117838570 x", zone: 3_600) == "2005-06-03T22:42:50.000000000Z")
  }

  @Test("without a year are of the nearest one, at most a day ahead")
  func years() {
    #expect(Self.find("Nov 25 11:59:59 x") == "2026-11-25T11:59:59.000000000Z")
    #expect(Self.find("Nov 25 12:00:01 x") == "2025-11-25T12:00:01.000000000Z")
    #expect(Self.find("Jan  1 00:00:05 x", now: "2025-12-31T23:59:59Z") == "2026-01-01T00:00:05.000000000Z")
    #expect(Self.find("Dec 31 23:59:59 x", now: "2026-01-01T00:00:05Z") == "2025-12-31T23:59:59.000000000Z")
    #expect(Self.find("Feb 29 00:00:00 x", now: "2026-03-01T00:00:00Z") == "2024-02-29T00:00:00.000000000Z")
  }

  @Test("are looked for in any bytes", arguments: UInt64(0)..<200)
  func anyBytes(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let alphabet = Array("0123456789 -/:.TZJanSunI<>[]|=+,".utf8)
    for _ in 0..<50 {
      let bytes = (0..<random.below(60)).map { _ in alphabet[random.below(alphabet.count)] }
      let found = LineTime.find(in: bytes.span, WrittenTime.Context(zone: 0, now: ReadFile.now))
      #expect(found.map { $0.range.upperBound <= bytes.count } ?? true)
      _ = LineLevel.find(in: bytes.span, time: found)
    }
  }
}
