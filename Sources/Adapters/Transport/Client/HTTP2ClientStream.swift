/// One request of an `HTTP2Client` and its answer. Reading and writing may happen side by side, each by one task at a
/// time. Dropping the last reference before both sides are complete resets the stream.
package final class HTTP2ClientStream: Sendable {
  private let stream: HTTP2Stream
  /// Held, since a client closes its connection with its last reference.
  private let client: HTTP2Client

  init(stream: HTTP2Stream, client: HTTP2Client) {
    self.stream = stream
    self.client = client
  }

  deinit { cancel() }

  /// Queues body bytes; returns when the queue towards the server has room again.
  ///
  /// - Throws: `.closedByPeer` also when the server has answered in full and wants no more.
  package func write(_ bytes: [UInt8]) async throws(TransportError) {
    try await stream.channel.write(bytes, for: stream)
  }

  /// Ends the request's body; the answer is still read. Harmless on a stream that is over.
  package func finish() {
    // All that this can throw says that the side is closed already.
    try? stream.channel.end(trailers: [:], for: stream)
  }

  /// The answer's head, once it is there. An answer without a body (gRPC's "trailers only") has all in its fields.
  package func response() async throws(TransportError) -> HTTPResponseHead { try await stream.channel.response() }

  /// The next piece of the answer's body as it arrived, never empty; nil at its end.
  package func read() async throws(TransportError) -> [UInt8]? { try await stream.channel.read(for: stream) }

  /// Complete once `read` returned nil.
  package var trailers: HTTPFields { stream.channel.trailers }

  /// Resets the stream; pending and later calls throw `.cancelled`. Harmless on a stream that is over.
  package func cancel() { stream.channel.abort(.cancelled, for: stream) }
}
