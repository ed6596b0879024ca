/// Why there is no answer.
enum HTTPTransferError: Error, Equatable, Sendable {
  /// No answer within the request's time, its waiting included.
  case timedOut(reason: String)
  /// More requests wait than may.
  case queueIsFull(limit: Int)
  /// No connection, or it broke: the request may have been carried out.
  case broken(reason: String)
  /// The server's certificate is not to be trusted, or the file of authorities cannot be read.
  case untrusted(reason: String)
  /// The request cannot be sent as it is: its address is none.
  case invalid(reason: String)
  /// A successful answer has more bytes than the request allows; `bytes` is all of them where the server said so.
  case tooLarge(bytes: Int)
  case cancelled
  /// The client is closed.
  case closed
}
