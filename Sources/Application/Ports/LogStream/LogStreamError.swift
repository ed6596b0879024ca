/// Why a stream cannot be read.
package enum LogStreamError: Error, Hashable, Sendable {
  /// What the stream is read with is not on this machine, or may not be used.
  case notAvailable(name: String, reason: String)
  /// The place to go on from is not known there: begin anew, with a gap or with repetition.
  case cursorLost(name: String, reason: String)
  /// It broke off: make another one with the last cursor, after a while.
  case interrupted(name: String, reason: String)
  case cancelled
}

extension LogStreamError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notAvailable(let name, let reason): "'\(name)' cannot be read: \(reason)"
    case .cursorLost(let name, let reason): "'\(name)' does not know the place to go on from: \(reason)"
    case .interrupted(let name, let reason): "'\(name)' broke off: \(reason)"
    case .cancelled: "cancelled"
    }
  }
}
