import Threads

/// One HTTP/1.1 request and its answer on a connection of its own: for commands, not for load. No redirects, no TLS.
///
/// What is between a connection and its request runs on the loop: on the caller's executor, which may be busy for long, the
/// server could take the connection for one on which nothing is asked, and close it.
package enum HTTP1Client {
  /// The longest answer taken unless told otherwise.
  package static let defaultMaxAnswerBytes = 256 << 20

  /// - Parameters:
  ///   - host: A name or a numeric address, IPv6 without brackets.
  ///   - head: `authority` defaults to host and port; framing fields are set here.
  ///   - body: Sent with its length, also when empty, unless the method is GET or HEAD.
  ///   - deadline: From the call to the answer's last byte.
  /// - Returns: The answer's head and its whole body.
  /// - Throws: `.cannotConnect`, `.timedOut`, `.closedByPeer` if the answer is not whole, `.protocolViolation` if it is no
  ///   HTTP/1.1 or longer than `maxAnswerBytes`.
  package static func send(
    host: String, port: Int, head: HTTPRequestHead, body: [UInt8], deadline: Duration, loop: EventLoop,
    maxAnswerBytes: Int = defaultMaxAnswerBytes
  ) async throws(TransportError) -> (HTTPResponseHead, [UInt8]) {
    let started = ContinuousClock.now
    let request = try HTTP1RequestHead.encode(head, host: host, port: port, bodyLength: body.count)
    return try await loop.tasks.host { () async throws(TransportError) in
      let connection = try await TCPConnection.connect(host: host, port: port, loop: loop, timeout: deadline)
      let left = deadline - (ContinuousClock.now - started)
      // The deadline closes the connection, and the pending call throws `.cancelled`.
      let expired = OneShot<Void>()
      loop.execute {
        loop.after(left) { [weak connection] in
          if expired.resolve(.success(())) { connection?.close() }
        }
      }
      do throws(TransportError) {
        let answer = try await exchange(request, body, on: connection, isHead: head.method == "HEAD", maxAnswerBytes)
        expired.resolve(.failure(.cancelled))
        return answer
      } catch {
        let isExpired = !expired.resolve(.failure(.cancelled))
        throw isExpired ? .timedOut(detail: "no whole answer of \(host):\(port) within \(deadline)") : error
      }
    }
  }

  private static func exchange(
    _ request: [UInt8], _ body: [UInt8], on connection: TCPConnection, isHead: Bool, _ maxAnswerBytes: Int
  ) async throws(TransportError) -> (HTTPResponseHead, [UInt8]) {
    try await connection.write(request)
    // A server may answer before it has read all, and close: the answer counts, not that the rest could not be written.
    async let written: Result<Void, TransportError> = write(body, to: connection)
    let answer = HTTP1Answer(isHead: isHead, maxBytes: maxAnswerBytes)
    while !answer.isComplete {
      if let piece = try await connection.read() { try answer.receive(piece) } else { try answer.finish() }
    }
    connection.close()
    _ = await written
    return (answer.head, answer.body)
  }

  static func write(_ body: [UInt8], to connection: TCPConnection) async -> Result<Void, TransportError> {
    do throws(TransportError) { return .success(try await connection.write(body)) } catch { return .failure(error) }
  }
}
