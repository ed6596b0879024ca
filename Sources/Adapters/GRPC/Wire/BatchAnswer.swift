import Application

/// What a Push stream says about one batch.
enum BatchAnswer: Hashable, Sendable {
  case outcome(BatchOutcome)
  /// The batch can never be taken as it is.
  case rejected(reason: String)
}
