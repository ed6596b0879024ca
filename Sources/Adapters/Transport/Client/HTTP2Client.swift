import Synchronization

/// One HTTP/2 connection to a server, with prior knowledge. It does not reconnect: when `isUsable` turns false, connect
/// anew. Closed with the last reference to it and its streams
/// at the latest.
package final class HTTP2Client: Sendable {
  private let connection: HTTP2ClientConnection
  private let loop: EventLoop

  private init(connection: HTTP2ClientConnection) {
    self.connection = connection
    loop = connection.loop
  }

  deinit { close() }

  /// Resolves the name off the loop, then tries each address in turn.
  ///
  /// - Parameters:
  ///   - host: A name or a numeric address, IPv6 without brackets.
  ///   - loop: Carries the connection; tasks that read and write much are best run on its `tasks`.
  /// - Throws: `.cannotConnect` with the last address's reason; `.timedOut`; `.cancelled`.
  package static func connect(
    host: String, port: Int, loop: EventLoop, configuration: HTTP2ClientConfiguration = HTTP2ClientConfiguration()
  ) async throws(TransportError) -> HTTP2Client {
    try configuration.http2.check()
    let descriptor = try await Connector.connect(
      host: host, port: port, loop: loop, timeout: configuration.connectTimeout)
    let authority = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]:\(port)" : "\(host):\(port)"
    let client = OneShot<HTTP2Client>()
    let isTaken = loop.execute {
      let connection = HTTP2ClientConnection(
        loop: loop, socket: Socket(loop: loop, descriptor: descriptor, counters: nil), authority: authority,
        configuration: configuration)
      connection.begin(as: .client)
      connection.register()
      client.resolve(.success(HTTP2Client(connection: connection)))
    }
    if !isTaken {
      Descriptor.close(descriptor)
      throw .cancelled
    }
    return try await client.value()
  }

  /// False once the server said GOAWAY or the connection is gone. True does not promise that the next `open` succeeds.
  package var isUsable: Bool { connection.isUsable.load(ordering: .relaxed) }

  /// Sends a request's head; its body follows by `write` and `finish` of the stream. If the server has as many streams
  /// open as it allows, the head waits for one to end.
  ///
  /// - Throws: `.closedByPeer` if the connection is gone or going: then nothing was sent. `.misuse` for a field that may
  ///   not be sent.
  package func open(_ head: HTTPRequestHead) async throws(TransportError) -> HTTP2ClientStream {
    try FieldRules.check(head.fields)
    if loop.inLoop { return HTTP2ClientStream(stream: try connection.open(head).get(), client: self) }
    let stream = OneShot<HTTP2Stream>()
    let connection = connection
    let isTaken = loop.execute {
      let outcome = connection.open(head)
      if !stream.resolve(outcome), case .success(let unwanted) = outcome {
        // Who asked was cancelled meanwhile.
        unwanted.channel.abort(.cancelled, for: unwanted)
      }
    }
    if !isTaken { throw .cancelled }
    return HTTP2ClientStream(stream: try await stream.value(), client: self)
  }

  /// Ends the connection at once; open streams throw `.cancelled`.
  package func close() {
    let connection = connection
    loop.execute { connection.close(.cancelled) }
  }
}
