/// An HTTP/1.1 answer as it comes in. Used by one task.
final class HTTP1Answer: HTTP1ParserDelegate {
  /// Answers come from our own server or a proxy before it: the same limits as for requests, roomier.
  private static let limits = HTTPHeadLimits(maxTargetBytes: 0, maxHeaderBytes: 64 << 10, maxFields: 256)

  private(set) var head = HTTPResponseHead(status: 0)
  private(set) var body: [UInt8] = []
  private(set) var isComplete = false
  private let isHead: Bool
  private let maxBytes: Int
  private var isTooLong = false
  private var parser: HTTP1Parser?

  init(isHead: Bool, maxBytes: Int) {
    self.isHead = isHead
    self.maxBytes = maxBytes
    parser = HTTP1Parser(.response, limits: Self.limits, delegate: self)
  }

  func receive(_ bytes: [UInt8]) throws(TransportError) {
    var bytes = bytes
    while let parser, !isComplete {
      switch unsafe bytes.withUnsafeBytes({ unsafe parser.execute($0) }) {
      case .needsMore: return
      case .failed:
        throw .protocolViolation(
          detail: isTooLong ? "the answer is longer than \(maxBytes) bytes" : "the answer is not HTTP/1.1")
      case .trailersBegin(let used): bytes.removeFirst(used)
      case .messageEnded(let used):
        // An interim answer (1xx) is followed by the real one.
        if head.status >= 200 { isComplete = true } else { parser.beginNext() }
        bytes.removeFirst(used)
      }
    }
  }

  /// What of the body has come since the last call. It counts for `maxBytes` no longer.
  func takeBody() -> [UInt8] {
    defer { body = [] }
    return body
  }

  /// The server closed its side.
  func finish() throws(TransportError) {
    if parser?.finish() != true || head.status < 200 {
      throw .closedByPeer(detail: "the answer ended before it was whole")
    }
    isComplete = true
  }

  func headEnded() -> HTTP1Parser.HeadVerdict {
    guard let parser, let fields = parser.head.makeFields() else { return .refuse(status: 400) }
    head = HTTPResponseHead(
      status: parser.status, fields: fields, contentLength: parser.isChunked ? nil : parser.bodyLeft)
    return isHead && parser.status >= 200 ? .withoutBody : .proceed
  }

  func bodyCame(_ bytes: UnsafeRawBufferPointer) -> Int? {
    if body.count + bytes.count > maxBytes {
      isTooLong = true
      return 413
    }
    unsafe body.append(contentsOf: bytes)
    return nil
  }

  func messageEnded() {}
}
