/// Why a call of Redis came to nothing.
package enum RedisError: Error, Hashable, Sendable {
  /// No connection, no answer in time, or a server that cannot serve just now. If the call was sent it may have happened.
  case unavailable(reason: String, retryAfter: Duration?)
  /// Asking again will not help: what the server answers to a wrong password, a missing permission, a wrong command.
  case refused(String)
  /// What is stored there is not what we wrote.
  case corrupt(String)
  case cancelled
}

extension RedisError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unavailable(let reason, _), .refused(let reason), .corrupt(let reason): reason
    case .cancelled: "cancelled"
    }
  }
}

extension RedisError {
  /// An error that the server answered, by its first word.
  init(answer text: String) {
    let word = text.prefix { $0 != " " }
    switch word {
    // Space comes back with retention or an operator, not at once.
    case "OOM": self = .unavailable(reason: "redis is full: \(text)", retryAfter: .seconds(10))
    // Starting, failing over, a script that takes long, a disk that cannot be written, a replica that is missing.
    case "LOADING", "BUSY", "READONLY", "MASTERDOWN", "TRYAGAIN", "CLUSTERDOWN", "MISCONF", "NOREPLICAS", "UNBLOCKED":
      self = .unavailable(reason: "redis: \(text)", retryAfter: .seconds(1))
    case "WRONGTYPE": self = .corrupt("redis: \(text)")
    default: self = .refused("redis: \(text)")
    }
  }

  static func unexpected(_ reply: RedisReply, to command: String) -> RedisError {
    .corrupt("redis: an unexpected answer to \(command): \(reply.kind)")
  }
}
