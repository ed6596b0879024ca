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

extension HTTPTransferError: CustomStringConvertible {
  var description: String {
    switch self {
    case .timedOut(let reason), .broken(let reason), .untrusted(let reason), .invalid(let reason): reason
    case .queueIsFull(let limit): "\(limit) requests wait already"
    case .tooLarge(let bytes): "an answer of \(bytes) bytes is more than is read"
    case .cancelled: "cancelled"
    case .closed: "the client is closed"
    }
  }
}
