/// What became of a replayed letter. The raw values are labels of metrics.
package enum DeadLetterReplayOutcome: String, CaseIterable, Sendable {
  case accepted
  /// It breaks a rule still, or again.
  case refused
  /// It was not sent: it needs force, or cannot be decoded.
  case skipped
}
