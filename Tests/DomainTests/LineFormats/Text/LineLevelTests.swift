import Testing

@testable import Domain

@Suite("Levels in lines")
struct LineLevelTests {
  private static func find(_ line: String) -> (severity: Severity, word: String)? {
    let bytes = Array(line.utf8)
    let time = LineTime.find(in: bytes.span, WrittenTime.Context(zone: 0, now: ReadFile.now))
    return LineLevel.find(in: bytes.span, time: time).map { level in
      switch level.word {
      case .written(let range): (level.severity, String(decoding: bytes[range], as: UTF8.self))
      case .named(let name): (level.severity, String(decoding: name, as: UTF8.self))
      }
    }
  }

  struct Example: Sendable, CustomTestStringConvertible {
    let line: String
    let word: String
    let number: UInt8
    var testDescription: String { line }

    init(_ line: String, _ word: String, _ number: UInt8) {
      self.line = line
      self.word = word
      self.number = number
    }
  }

  @Test(
    "are found where systems write them",
    arguments: [
      Example("081109 203615 148 INFO dfs.DataNode: x", "INFO", 9),
      Example("2015-07-29 17:41:44,747 - WARN  [Quorum[myid=1]/0:0:2181] - x", "WARN", 13),
      Example("17/06/09 20:10:40 ERROR executor: x", "ERROR", 17),
      Example("[Sun Dec 04 04:47:44 2005] [notice] x", "notice", 10),
      Example("[Wed Oct 11 14:32:52 2017] [core:error] [pid 1] x", "error", 17),
      Example("2026/01/02 15:04:05 [crit] 12#12: x", "crit", 18),
      Example("2026-01-02 03:04:05,1 [main] DEBUG com.x - y", "DEBUG", 5),
      Example("2026-01-02 03:04:05,1 - my.module - ERROR - y", "ERROR", 17),
      Example("2026-01-02T03:04:05Z\tinfo\tzap/main.go\tx", "info", 9),
      Example("2026-01-02 03:04:05 | TRACE | x", "TRACE", 1),
      Example("2026-01-02 03:04:05 UTC [9] FATAL:  x", "FATAL", 21),
      Example("2016-09-28 04:30:30, Info      CBS    x", "Info", 9),
      Example("2026-01-02 03:04:05 [WRN] x", "WRN", 13),
      Example("[INFO] 2026-01-02 03:04:05 x", "INFO", 9),
      Example("PANIC 2026-01-02 03:04:05 x", "PANIC", 21),
      Example("W, [2026-01-02T03:04:05.1 #9]  WARN -- : x", "WARN", 13),
      Example("time=\"2026-01-02T03:04:05Z\" level=warning msg=x", "warning", 13),
      Example("ts=1117838570 caller=a.go:1 level=error msg=x", "error", 17),
      Example("level=debug ts=2026-01-02T03:04:05Z msg=x", "debug", 5),
      Example("msg=\"a \\\" b\" severity=\"Critical\"", "Critical", 18),
      Example("Dec 10 09:11:22 LabSZ sshd[24439]: error: Received x", "error", 17),
      Example("- 1131567053 2005.11.09 admin1 Nov 9 12:10:53 local@admin1 gmetad: Warning: x", "Warning", 13),
      Example("- 1117838570 2005.06.03 R02-M1 2005-06-03-15.42.50 R02-M1 RAS KERNEL INFO x", "INFO", 9),
      Example("I0102 15:04:05.123456   123 main.go:10] ERROR x", "I", 9),
      Example("F0102 15:04:05.123456   123 main.go:10] x", "F", 21),
      Example("03-17 16:13:38.811  1702  2395 W Tag: INFO x", "W", 13),
      Example("<34>1 2003-10-11T22:14:15.003Z host su - INFO x", "crit", 18),
      Example("<191>x", "debug", 5),
      Example("ERROR:root:x", "ERROR", 17),
      Example("warning: x", "warning", 13),
      Example("[alert] x", "alert", 19),
      Example("EMERG x", "EMERG", 21),
    ])
  func found(example: Example) throws {
    let found = try #require(Self.find(example.line))
    #expect(found.word == example.word)
    #expect(found.severity.number == example.number)
  }

  @Test(
    "are not taken from running text",
    arguments: [
      "", "2026-01-02 03:04:05", "2026-01-02 03:04:05 connection failed with ERROR 5",
      "2026-01-02 03:04:05 error opening file",
      "2026-01-02 03:04:05 x: could not write: ERROR", "an ERROR occurred", "no error",
      "2026-01-02 03:04:05 GET /error info",
      "1.2.3.4 - - [29/Jul/2026:12:34:56 +0200] \"ERROR / HTTP/1.1\" 200", "2026-01-02 03:04:05 ERRORS x",
      "2026-01-02 03:04:05 ERROR-5 x", "Jun 14 15:16:01 combo sshd[1]: check pass; INFO", "level=unknown ERROR",
    ])
  func none(line: String) {
    #expect(Self.find(line) == nil)
  }
}
