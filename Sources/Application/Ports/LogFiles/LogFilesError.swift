/// Why a file could not be looked at or read.
package enum LogFilesError: Error, Hashable, Sendable {
  case notFound(path: String)
  /// Ask again later: no file handle is free, the device does not answer.
  case unavailable(path: String, reason: String)
  /// Asking again will not help: permission.
  case unreadable(path: String, reason: String)
  case cancelled
}
