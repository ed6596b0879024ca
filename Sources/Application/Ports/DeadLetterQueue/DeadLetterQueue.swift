package import Domain

/// Where what broke a rule is kept.
package protocol DeadLetterQueue: Sendable {
  /// Keeps the letters, durably on return. One that is there already (by its id) is not kept twice.
  func append(_ letters: [DeadLetter]) async throws(DeadLetterQueueError)

  /// Letters in the order in which they were appended.
  ///
  /// - Parameter position: 0, or what the page before gave as `next`.
  func read(from position: UInt64, limit: Int) async throws(DeadLetterQueueError) -> DeadLetterPage
}
