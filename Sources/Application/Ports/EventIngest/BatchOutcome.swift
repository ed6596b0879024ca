package import Domain

/// What became of a batch.
package enum BatchOutcome: Hashable, Sendable {
  /// Durable in the log, but for the events that went to the dead letters.
  ///
  /// - Parameters:
  ///   - isExactlyOnce: False for a sender without a producer id: if it sends again, the events are there twice.
  ///   - retimed: How many events were given the time of receipt.
  case accepted(isExactlyOnce: Bool, retimed: Int, deadLetters: [EventRejection])
  /// The whole batch went to the dead letters.
  case deadLettered(reason: DeadLetterReason)
  /// Nothing was taken; the same batch may be sent again after the time given.
  case retryAfter(Duration, reason: String)
}
