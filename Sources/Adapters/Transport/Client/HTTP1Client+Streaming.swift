import Threads

extension HTTP1Client {
  /// As `send`, but hands over the answer's body piece by piece, for one that comes over minutes.
  ///
  /// - Parameters:
  ///   - patience: For the connection, and how long nothing may come (up to twice that).
  ///   - receive: Is given the head with each piece of the body, as it came. What it throws ends the exchange.
  /// - Returns: The answer's head, once the body is complete.
  /// - Throws: As `send`; `.timedOut` after a silence.
  package static func stream(
    host: String, port: Int, head: HTTPRequestHead, body: [UInt8], patience: Duration, loop: EventLoop,
    receive: (HTTPResponseHead, [UInt8]) async throws(TransportError) -> Void
  ) async throws(TransportError) -> HTTPResponseHead {
    let request = try HTTP1RequestHead.encode(head, host: host, port: port, bodyLength: body.count)
    let (connection, watch, asked) = try await loop.tasks.host { () async throws(TransportError) in
      let connection = try await TCPConnection.connect(host: host, port: port, loop: loop, timeout: patience)
      let watch = SilenceWatch(connection, patience: patience, loop)
      return (connection, watch, await write(request + body, to: connection))
    }
    defer {
      watch.end()
      connection.close()
    }
    let answer = HTTP1Answer(isHead: head.method == "HEAD", maxBytes: defaultMaxAnswerBytes)
    do throws(TransportError) {
      try asked.get()
      while !answer.isComplete {
        let piece = try await connection.read()
        watch.touch()
        if let piece { try answer.receive(piece) } else { try answer.finish() }
        let arrived = answer.takeBody()
        if !arrived.isEmpty { try await receive(answer.head, arrived) }
      }
    } catch {
      throw watch.hasExpired ? .timedOut(detail: "nothing came from \(host):\(port) for \(patience)") : error
    }
    return answer.head
  }
}
