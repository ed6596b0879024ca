import Transport

/// Handlers that several suites use.
enum Handlers {
  /// Sends the body back as it comes.
  static let echo: HTTPHandler = { exchange in
    do throws(TransportError) {
      try exchange.start(HTTPResponseHead(status: 200))
      while let piece = try await exchange.read() { try await exchange.write(piece) }
      try exchange.end(trailers: ["x-done": "yes"])
    } catch {
      exchange.abort()
    }
  }

  /// Reads all and answers with the count as text.
  static let count: HTTPHandler = { exchange in
    do throws(TransportError) {
      var count = 0
      while let piece = try await exchange.read() { count += piece.count }
      try await answer(exchange, "\(count)")
    } catch {
      exchange.abort()
    }
  }

  static func answer(_ exchange: any HTTPExchange, status: Int = 200, _ text: String) async throws(TransportError) {
    let bytes = Array(text.utf8)
    try exchange.start(HTTPResponseHead(status: status, contentLength: bytes.count))
    try await exchange.write(bytes)
    try exchange.end(trailers: [:])
  }
}
