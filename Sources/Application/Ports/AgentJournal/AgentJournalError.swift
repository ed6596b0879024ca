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
