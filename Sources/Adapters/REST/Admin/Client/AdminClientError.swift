/// Why a running server did not do what an operator's command asked of it.
package enum AdminClientError: Error, Equatable, Sendable {
  /// Nobody answers at the address that the server gave.
  case unreachable(reason: String)
  /// It answers, and does not know the token: another server than the one that wrote `server.json`.
  case unauthorized
  /// It answers, and does not know the address: it is of an older version.
  case unknownOperation(path: String)
  /// It said why not, in a problem document.
  case problem(code: String, field: String?, detail: String)
  /// Its answer is none that this build understands, or is cut off.
  case unexpected(reason: String)
  case cancelled
}

extension AdminClientError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unreachable(let reason):
      "the server that has the data folder does not answer (\(reason)): it may be starting or stopping, try again in a moment"
    case .unauthorized:
      "what answers at the server's address does not know the token of server.json: try again, or restart the server"
    case .unknownOperation(let path):
      "the running server does not know \(path): it is of another version than this command, restart it with this one's"
    case .problem(_, _, let detail): detail
    case .unexpected(let reason): "the server's answer cannot be understood: \(reason)"
    case .cancelled: "cancelled"
    }
  }
}
