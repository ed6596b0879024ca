/// What ends a connection, an exchange or a client's stream before its time.
package enum TransportError: Error, Equatable, Sendable {
  /// The peer went away, reset the stream or sent GOAWAY before it was processed. `detail` says which.
  case closedByPeer(detail: String)
  /// The peer broke the protocol or a limit of ours.
  case protocolViolation(detail: String)
  /// A time limit of ours ran out: head, idle, body rate, write stall, connect.
  case timedOut(detail: String)
  /// The connection could not be made.
  case cannotConnect(detail: String)
  /// Another socket listens on the port.
  case portTaken(address: String, port: Int)
  /// The address cannot be listened on for another reason, in the system's words ("permission denied").
  case cannotListen(address: String, port: Int, reason: String)
  /// This side stopped or the task was cancelled.
  case cancelled
  /// Misuse by the caller: a second response head, a body longer than announced.
  case misuse(detail: String)
}

extension TransportError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .closedByPeer(let detail), .timedOut(let detail), .cannotConnect(let detail): detail
    case .protocolViolation(let detail): "protocol violated: \(detail)"
    case .portTaken(let address, let port): "cannot listen on \(Self.host(address)):\(port): the port is taken"
    case .cannotListen(let address, let port, let reason):
      "cannot listen on \(Self.host(address)):\(port): \(reason)"
    case .cancelled: "cancelled"
    case .misuse(let detail): "misuse: \(detail)"
    }
  }

  private static func host(_ address: String) -> String { address.contains(":") ? "[\(address)]" : address }
}
