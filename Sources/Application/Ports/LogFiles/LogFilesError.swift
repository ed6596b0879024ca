/// Why a file could not be looked at or read.
package enum LogFilesError: Error, Hashable, Sendable {
  case notFound(path: String)
  /// Ask again later: no file handle is free, the device does not answer.
  case unavailable(path: String, reason: String)
  /// Asking again will not help: permission.
  case unreadable(path: String, reason: String)
  case cancelled
}

extension LogFilesError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notFound(let path): "'\(path)' is not there"
    case .unavailable(let path, let reason), .unreadable(let path, let reason): "'\(path)' cannot be read: \(reason)"
    case .cancelled: "cancelled"
    }
  }
}
