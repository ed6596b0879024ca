import Testing

/// A request, sound or not, and the statuses that it must be answered with, in this order and no more.
struct HTTP1Probe: Sendable, CustomTestStringConvertible {
  let name: String
  let bytes: [UInt8]
  let statuses: [Int]

  init(_ name: String, _ text: String, _ statuses: [Int]) {
    self.name = name
    bytes = Array(text.utf8)
    self.statuses = statuses
  }

  var testDescription: String { name }

  static let host = "Host: x\r\n"
  static let get = "GET /small HTTP/1.1\r\nHost: x\r\n\r\n"
  static let post = "POST /upload HTTP/1.1\r\nHost: x\r\n"
  static let chunked = "POST /upload HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"

  static func get(_ fields: String, target: String = "/echo") -> String {
    "GET \(target) HTTP/1.1\r\n\(host)\(fields)\r\n"
  }

  static let all = sound + smuggling + chunks + sizes + others

  static let sound = [
    HTTP1Probe("baseline", get, [200]),
    HTTP1Probe("three pipelined GETs", get + get + get, [200, 200, 200]),
    HTTP1Probe("pipelined POST and GET", post + "Content-Length: 5\r\n\r\nhello" + get, [200, 200]),
    HTTP1Probe("pipelined chunked POST and GET", chunked + "5\r\nhello\r\n0\r\n\r\n" + get, [200, 200]),
    HTTP1Probe("POST of nothing", post + "Content-Length: 0\r\n\r\n", [200]),
    HTTP1Probe("POST without length or coding", post + "\r\n", [200]),
    HTTP1Probe("empty chunked body", chunked + "0\r\n\r\n", [200]),
    HTTP1Probe("chunk extension and trailer", chunked + "5;a=b\r\nhello\r\n0\r\nX-T: 1\r\n\r\n", [200]),
    HTTP1Probe("HTTP/1.0 GET", "GET /small HTTP/1.0\r\n\r\n", [200]),
    HTTP1Probe("HTTP/1.0 stream", "GET /stream HTTP/1.0\r\n\r\n", [200]),
    HTTP1Probe("absolute form", get("", target: "http://x/small"), [200]),
    HTTP1Probe("OPTIONS *", "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", [404]),
    HTTP1Probe("empty lines before the request", "\r\n\r\n" + get, [200]),
    HTTP1Probe("empty Host", "GET /small HTTP/1.1\r\nHost:\r\n\r\n", [200]),
    HTTP1Probe("empty value", get("X-A:\r\n", target: "/small"), [200]),
    HTTP1Probe("body of GET read", "GET /upload HTTP/1.1\r\n\(host)Content-Length: 5\r\n\r\nhello" + get, [200, 200]),
    HTTP1Probe(
      "body of GET not read", "GET /small HTTP/1.1\r\n\(host)Content-Length: 5\r\n\r\nhello" + get, [200, 200]),
    HTTP1Probe("HEAD then GET", "HEAD /small HTTP/1.1\r\n\(host)\r\n" + get, [200, 200]),
    HTTP1Probe("close, then more", get("Connection: close\r\n", target: "/small") + get, [200]),
    HTTP1Probe(
      "upgrade to h2c is passed over", get("Connection: Upgrade\r\nUpgrade: h2c\r\n", target: "/small") + get,
      [200, 200]),
    HTTP1Probe("request line of 15 KB", get("", target: "/small?" + String(repeating: "a", count: 15_000)), [200]),
  ]

  static let smuggling = [
    HTTP1Probe(
      "length and coding", post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + get, [400]),
    HTTP1Probe(
      "coding and length", post + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" + get, [400]),
    HTTP1Probe("two equal lengths", post + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello", [400]),
    HTTP1Probe("two lengths", post + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!", [400]),
    HTTP1Probe("list of lengths", post + "Content-Length: 5, 5\r\n\r\nhello", [400]),
    HTTP1Probe("length +5", post + "Content-Length: +5\r\n\r\nhello", [400]),
    HTTP1Probe("length -1", post + "Content-Length: -1\r\n\r\nhello", [400]),
    HTTP1Probe("length 5abc", post + "Content-Length: 5abc\r\n\r\nhello", [400]),
    HTTP1Probe("endless length", post + "Content-Length: 99999999999999999999999\r\n\r\nhello", [400]),
    HTTP1Probe("coding xchunked", post + "Transfer-Encoding: xchunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", [501]),
    HTTP1Probe("coding gzip, chunked", post + "Transfer-Encoding: gzip, chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", [501]),
    HTTP1Probe(
      "coding identity and length", post + "Transfer-Encoding: identity\r\nContent-Length: 5\r\n\r\nhello", [400]),
    HTTP1Probe("space before the colon", post + "Transfer-Encoding : chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", [400]),
    HTTP1Probe(
      "two codings", post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
      [400]),
    HTTP1Probe(
      "empty coding and chunked", post + "Transfer-Encoding:\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", [400]),
    HTTP1Probe("coding , chunked", post + "Transfer-Encoding: , chunked\r\n\r\n0\r\n\r\n", [501]),
    HTTP1Probe(
      "coding on HTTP/1.0", "POST /upload HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", [400]),
    HTTP1Probe("folded field", get("X-A: 1\r\n  2\r\n"), [400]),
    HTTP1Probe("folded coding", post + "Transfer-Encoding:\r\n chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", [400]),
    HTTP1Probe("first field folded", "GET /echo HTTP/1.1\r\n X-A: 1\r\nHost: x\r\n\r\n", [400]),
    HTTP1Probe("bare LF everywhere", "GET /small HTTP/1.1\nHost: x\n\n", [400]),
    HTTP1Probe("bare LF first", "\nGET /small HTTP/1.1\r\nHost: x\r\n\r\n", [400]),
    HTTP1Probe("LF after the request line", "GET /small HTTP/1.1\nHost: x\r\n\r\n", [400]),
    HTTP1Probe("LF at the head's end", "GET /small HTTP/1.1\r\nHost: x\r\n\n", [400]),
    HTTP1Probe("bare CR in a field", get("X-A: 1\rX-B: 2\r\n"), [400]),
    HTTP1Probe("CR ends a field (CVE-2023-30589)", "GET /small HTTP/1.1\r\nHost: x\r\nX-A:\rY: z\r\n\r\n", [400]),
    HTTP1Probe("NUL in a field", get("X-A: 1\u{0}2\r\n"), [400]),
    HTTP1Probe("NUL in the target", get("", target: "/echo\u{0}/x"), [400]),
    HTTP1Probe("field without a colon", get("XA\r\n"), [400]),
    HTTP1Probe("space in the target", get("", target: "/echo a b"), [400]),
    HTTP1Probe("empty field name", get(": v\r\n"), [400]),
    HTTP1Probe("two Hosts", get("Host: y\r\n"), [400]),
    HTTP1Probe("no Host", "GET /small HTTP/1.1\r\n\r\n", [400]),
    HTTP1Probe("Host with a path", "GET /small HTTP/1.1\r\nHost: a b/c@\r\n\r\n", [400]),
  ]

  static let chunks = [
    HTTP1Probe("bare LF in chunks", chunked + "5\nhello\n0\n\n", [400]),
    HTTP1Probe("LF after an extension", chunked + "5;a\nhello\r\n0\r\n\r\n", [400]),
    HTTP1Probe("chunk size zz", chunked + "zz\r\nhello\r\n0\r\n\r\n", [400]),
    HTTP1Probe("chunk size -5", chunked + "-5\r\nhello\r\n0\r\n\r\n", [400]),
    HTTP1Probe("chunk size 0x5", chunked + "0x5\r\nhello\r\n0\r\n\r\n", [400]),
    HTTP1Probe("endless chunk size", chunked + "fffffffffffffffff\r\nhello\r\n0\r\n\r\n", [400]),
    HTTP1Probe("chunk longer than its size", chunked + "3\r\nhello\r\n0\r\n\r\n", [400]),
    HTTP1Probe("bad second chunk", chunked + "5\r\nhello\r\nzz\r\n\r\n", [400]),
    HTTP1Probe(
      "extension of 100 KB", chunked + "5;" + String(repeating: "a", count: 100_000) + "\r\nhello\r\n0\r\n\r\n", [400]),
    HTTP1Probe("folded trailer", chunked + "0\r\nX: y\r\n z\r\n\r\n", [400]),
    HTTP1Probe("trailer that ends with LF", chunked + "0\r\nX: y\r\n\n", [400]),
    HTTP1Probe("trailers of 100 KB", chunked + "0\r\nX: " + String(repeating: "a", count: 100_000) + "\r\n\r\n", [431]),
    HTTP1Probe("body cut short", post + "Content-Length: 50\r\n\r\nhello", []),
  ]

  static let sizes = [
    HTTP1Probe("request line of 100 KB", get("", target: "/" + String(repeating: "a", count: 100_000)), [414]),
    HTTP1Probe("field of 100 KB", get("X: " + String(repeating: "a", count: 100_000) + "\r\n"), [431]),
    HTTP1Probe("2,000 fields", get((0..<2000).map { "X-\($0): aaaaaaaa\r\n" }.joined()), [431]),
    HTTP1Probe("101 fields", get((0..<100).map { "X-\($0): a\r\n" }.joined()), [431]),
    HTTP1Probe("100 fields", get((0..<99).map { "X-\($0): a\r\n" }.joined(), target: "/small"), [200]),
  ]

  static let others = [
    HTTP1Probe("unknown method", "FROB /small HTTP/1.1\r\nHost: x\r\n\r\n", [400]),
    HTTP1Probe("HTTP/9.9", "GET /small HTTP/9.9\r\nHost: x\r\n\r\n", [505]),
    HTTP1Probe("HTTP/2.0", "GET / HTTP/2.0\r\nHost: x\r\n\r\n", [505]),
    HTTP1Probe("HTTP/0.9", "GET / HTTP/0.9\r\n\r\n", [505]),
    HTTP1Probe("no version", "GET /\r\n\r\n", [505]),
    HTTP1Probe("RTSP", "DESCRIBE rtsp://x RTSP/1.0\r\nHost: x\r\n\r\n", [405]),
    HTTP1Probe("CONNECT", "CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\nabc", [405]),
    HTTP1Probe("TLS hello", "\u{16}\u{3}\u{1}\u{0}garbage\r\n\r\n", [400]),
    HTTP1Probe("value that is not UTF-8", "", []).with(
      bytes: Array(get("X-A: ").utf8.dropLast(2)) + [0xff, 0xfe, 13, 10, 13, 10], [400]),
    HTTP1Probe("unknown expectation", post + "Content-Length: 5\r\nExpect: foo\r\n\r\nhello", [417]),
    HTTP1Probe("handler that returns without an answer", get("", target: "/silent"), [500]),
  ]

  private func with(bytes: [UInt8], _ statuses: [Int]) -> HTTP1Probe {
    HTTP1Probe(name: name, bytes: bytes, statuses: statuses)
  }

  private init(name: String, bytes: [UInt8], statuses: [Int]) {
    self.name = name
    self.bytes = bytes
    self.statuses = statuses
  }
}
