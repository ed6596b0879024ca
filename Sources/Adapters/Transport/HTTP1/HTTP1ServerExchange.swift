/// One request on an HTTP/1.1 connection, as its handler sees it.
final class HTTP1ServerExchange: HTTPExchange, LoopServiced, @unchecked Sendable {
  // Sendable: handlers touch `channel` and constants only; the connection and the task are the loop's.
  let request: HTTPRequestHead
  let peer: String
  let channel: StreamChannel
  /// The handler's task, until the exchange is over.
  var task: Task<Void, Never>?
  private weak let connection: HTTP1ServerConnection?

  init(request: HTTPRequestHead, connection: HTTP1ServerConnection) {
    self.request = request
    self.connection = connection
    peer = connection.socket.peer
    channel = StreamChannel(loop: connection.loop, awaitsHead: true)
  }

  func read() async throws(TransportError) -> [UInt8]? { try await channel.read(for: self) }

  var requestTrailers: HTTPFields { channel.trailers }

  func start(_ response: HTTPResponseHead) throws(TransportError) { try channel.start(response, for: self) }

  func write(_ bytes: [UInt8]) async throws(TransportError) { try await channel.write(bytes, for: self) }

  func end(trailers: HTTPFields) throws(TransportError) { try channel.end(trailers: trailers, for: self) }

  func abort() { channel.abort(.cancelled, for: self) }

  func handlerReturned() { channel.handlerReturned(for: self) }

  func service() {
    let orders = channel.takeOrders()
    connection?.serve(self, orders)
  }
}
