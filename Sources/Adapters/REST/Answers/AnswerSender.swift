import Threads
import Transport

/// Sends answers: head, then the body in pieces of at most `maximumPieceBytes`, each once the client has room for it.
struct AnswerSender: Sendable {
  /// Large enough that the cost of a piece does not count, small enough that a slow client holds little memory.
  static let maximumPieceBytes = 64 << 10

  /// Where pages are put into words: milliseconds for thousands of events, which the event loop must not spend.
  let pool: ThreadPool

  func send(_ answer: Answer, on exchange: any HTTPExchange) async throws(TransportError) {
    switch answer.body {
    case .bytes(let bytes):
      try exchange.start(head(answer, contentLength: bytes.count))
      try await write(bytes, on: exchange)
    case .page(let page):
      var piece = page.first
      try exchange.start(head(answer, contentLength: piece.next == nil ? piece.bytes.count : nil))
      try await write(piece.bytes, on: exchange)
      while let next = piece.next {
        piece = await pool.run { page.piece(from: next) }
        try await write(piece.bytes, on: exchange)
      }
    case .lines(let lines):
      try exchange.start(head(answer, contentLength: nil))
      try await lines.write(on: exchange)
    }
    try exchange.end(trailers: [:])
  }

  private func head(_ answer: Answer, contentLength: Int?) -> HTTPResponseHead {
    var fields: HTTPFields = [
      "content-type": answer.contentType,
      // Answers are of now and of one tenant: nobody in between may keep them.
      "cache-control": "no-store",
      // Log text must not be taken for a page, whatever it looks like.
      "x-content-type-options": "nosniff",
    ]
    for field in answer.fields.fields { fields.append(field.name, field.value) }
    return HTTPResponseHead(status: answer.status, fields: fields, contentLength: contentLength)
  }

  private func write(_ bytes: [UInt8], on exchange: any HTTPExchange) async throws(TransportError) {
    var start = 0
    while start < bytes.count {
      let end = min(start + Self.maximumPieceBytes, bytes.count)
      // The usual case without a copy.
      try await exchange.write(end - start == bytes.count ? bytes : Array(bytes[start..<end]))
      start = end
    }
  }
}
