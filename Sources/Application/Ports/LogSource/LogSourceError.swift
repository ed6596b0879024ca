/// Why a source cannot be read.
package enum LogSourceError: Error, Sendable {
  case notFound(path: String)
  case unreadable(name: String, reason: String)
  /// The compressed form is broken or cut off.
  case corrupt(name: String, reason: String)
  /// The task was cancelled while it waited for bytes.
  case cancelled
}

extension LogSourceError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notFound(let path): "'\(path)' is not there"
    case .unreadable(let name, let reason): "'\(name)' cannot be read: \(reason)"
    case .corrupt(let name, let reason): "'\(name)' is damaged: \(reason)"
    case .cancelled: "cancelled"
    }
  }
}
