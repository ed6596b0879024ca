/// How a client speaks HTTP/2, and how long it waits.
package struct HTTP2ClientConfiguration: Sendable {
  package var http2 = HTTP2Settings()
  /// Name resolution and connecting together.
  package var connectTimeout = Duration.seconds(10)
  /// After so long without a byte from the server a PING is sent; nil: never. gRPC servers count PINGs more often than
  /// once in 5 minutes as abuse unless they are told otherwise; ours does not.
  package var keepaliveInterval: Duration?
  /// How long the answer to a PING may take.
  package var keepaliveTimeout = Duration.seconds(10)
  /// Bytes wait and the server takes none.
  package var writeStallTimeout = Duration.seconds(30)

  package init() {}
}
