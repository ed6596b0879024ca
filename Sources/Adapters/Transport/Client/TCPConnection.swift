/// A bare connection to a server: bytes out, bytes in, with back-pressure both ways. What `HTTP1Client` speaks through.
///
/// Reading and writing may happen side by side, each by one task at a time. Closed with the last reference at the latest.
package final class TCPConnection: Sendable {
  private let connection: ByteConnection

  private init(connection: ByteConnection) { self.connection = connection }

  deinit { close() }

  /// As `HTTP2Client.connect`.
  package static func connect(
    host: String, port: Int, loop: EventLoop, timeout: Duration
  ) async throws(TransportError) -> TCPConnection {
    let descriptor = try await Connector.connect(host: host, port: port, loop: loop, timeout: timeout)
    let answer = OneShot<TCPConnection>()
    let isTaken = loop.execute {
      let connection = ByteConnection(
        loop: loop, socket: Socket(loop: loop, descriptor: descriptor, counters: nil))
      connection.register()
      answer.resolve(.success(TCPConnection(connection: connection)))
    }
    if !isTaken {
      Descriptor.close(descriptor)
      throw .cancelled
    }
    return try await answer.value()
  }

  /// The next bytes as they came, never empty; nil when the server closed its side.
  package func read() async throws(TransportError) -> [UInt8]? {
    try await connection.channel.read(for: connection)
  }

  /// Queues bytes; returns when the queue has room again.
  package func write(_ bytes: [UInt8]) async throws(TransportError) {
    try await connection.channel.write(bytes, for: connection)
  }

  /// Closes our side after what was written; reading goes on. Harmless on a connection that is over.
  package func finish() {
    // All that this can throw says that the side is closed already.
    try? connection.channel.end(trailers: [:], for: connection)
  }

  /// Drops the connection at once.
  package func close() { connection.channel.abort(.cancelled, for: connection) }
}
