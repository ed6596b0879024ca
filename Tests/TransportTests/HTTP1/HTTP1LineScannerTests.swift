import Testing

@testable import Transport

@Suite struct HTTP1LineScannerTests {
  private static let whole: [(String, HTTP1LineScanner.Verdict)] = [
    ("GET / HTTP/1.1\r\nHost: x\r\n\r\n", .ended),
    ("\r\n\r\nGET / HTTP/1.1\r\n\r\n", .ended),
    ("GET / HTTP/1.1\r\nHost: x\r\n", .fine),
    ("GET / HTTP/1.1\r\nHost: x\r", .fine),
    ("GET / HTTP/1.1\n", .malformed),
    ("\n", .malformed),
    ("GET / HTTP/1.1\r\nHost: x\r\n\n", .malformed),
    ("GET / HTTP/1.1\r\nA: b\rC: d\r\n", .malformed),
    ("GET / HTTP/1.1\r\nA: b\r\r\n", .malformed),
    ("GET / HTTP/1.1\r\nA: b\r\n c\r\n", .malformed),
    ("GET / HTTP/1.1\r\nA: b\r\n\tc\r\n", .malformed),
    ("GET /\u{0} HTTP/1.1\r\n", .malformed),
  ]

  private func verdict(_ scanner: inout HTTP1LineScanner, _ bytes: [UInt8]) -> HTTP1LineScanner.Verdict {
    scanner.scan(bytes.span)
  }

  @Test("says the same whole and byte by byte", arguments: whole)
  func heads(text: String, verdict: HTTP1LineScanner.Verdict) {
    let bytes = Array(text.utf8)
    var scanner = HTTP1LineScanner.head
    #expect(self.verdict(&scanner, bytes) == verdict)
    scanner = .head
    let verdicts = bytes.map { byte in self.verdict(&scanner, [byte]) }
    #expect(verdicts.first { $0 != .fine } ?? .fine == verdict)
  }

  @Test("trailers may be empty")
  func trailers() {
    var scanner = HTTP1LineScanner.trailers
    #expect(verdict(&scanner, Array("\r\n".utf8)) == .ended)
    scanner = .trailers
    #expect(verdict(&scanner, Array(" a\r\n".utf8)) == .malformed)
  }
}
