/// One request and its answer, as a handler sees them. The same over HTTP/1.1 and HTTP/2.
///
/// The handler runs as a task on the connection's event loop; work over about 100 µs leaves it (`ThreadPool`). When the
/// client goes away the task is cancelled and every pending call throws. A handler that returns without `end` ends the
/// exchange with status 500, or resets it if the head was already sent.
///
/// Calls of one direction are made by one task at a time; reading and writing may happen side by side.
package protocol HTTPExchange: AnyObject, Sendable {
  var request: HTTPRequestHead { get }

  /// The address of the other side, for logs: `127.0.0.1:52110`.
  var peer: String { get }

  /// The next piece of the body as it arrived, never empty; nil at its end. What is not read is not acknowledged to the
  /// sender's flow control, so a slow handler holds the sender back.
  func read() async throws(TransportError) -> [UInt8]?

  /// Trailer fields of the request; complete once `read` returned nil.
  var requestTrailers: HTTPFields { get }

  /// Sends the head of the answer. Exactly once, before `write` and `end`.
  func start(_ response: HTTPResponseHead) throws(TransportError)

  /// Queues body bytes; returns when the queue towards the client has room again (back-pressure).
  func write(_ bytes: [UInt8]) async throws(TransportError)

  /// Ends the answer. Trailers are sent where the protocol has them (HTTP/2, chunked HTTP/1.1).
  func end(trailers: HTTPFields) throws(TransportError)

  /// Ends the exchange at once, without completing the answer (RST_STREAM, or the connection closed).
  func abort()
}

package typealias HTTPHandler = @Sendable (any HTTPExchange) async -> Void
