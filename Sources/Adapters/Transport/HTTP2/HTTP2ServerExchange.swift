/// One request on an HTTP/2 stream, as its handler sees it.
final class HTTP2ServerExchange: HTTPExchange {
  let request: HTTPRequestHead
  let peer: String
  private let stream: HTTP2Stream

  init(request: HTTPRequestHead, peer: String, stream: HTTP2Stream) {
    self.request = request
    self.peer = peer
    self.stream = stream
  }

  func read() async throws(TransportError) -> [UInt8]? { try await stream.channel.read(for: stream) }

  var requestTrailers: HTTPFields { stream.channel.trailers }

  func start(_ response: HTTPResponseHead) throws(TransportError) { try stream.channel.start(response, for: stream) }

  func write(_ bytes: [UInt8]) async throws(TransportError) { try await stream.channel.write(bytes, for: stream) }

  func end(trailers: HTTPFields) throws(TransportError) { try stream.channel.end(trailers: trailers, for: stream) }

  func abort() { stream.channel.abort(.cancelled, for: stream) }

  func handlerReturned() { stream.channel.handlerReturned(for: stream) }
}
