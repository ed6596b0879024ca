/// Why the journal did not do what was asked.
package enum AgentJournalError: Error, Sendable {
  /// The spool has reached its limit; nothing was kept.
  case full(bytes: Int, limit: Int)
  /// Another process has the journal.
  case inUse(path: String)
  case corrupt(reason: String)
  case unavailable(reason: String)
  case rejected(reason: String)
}

extension AgentJournalError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .full(let bytes, let limit): "the spool holds \(bytes) bytes, its limit is \(limit)"
    case .inUse(let path): "another process uses '\(path)'"
    case .corrupt(let reason), .unavailable(let reason), .rejected(let reason): reason
    }
  }
}
