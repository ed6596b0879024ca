package import Domain

/// Where what broke a rule is kept until an operator has replayed or dropped it.
package protocol DeadLetterQueue: Sendable {
  /// Keeps the letters, durably on return. One that is there already (by its id) is not kept twice; one that was dropped is
  /// kept anew.
  func append(_ letters: [DeadLetter]) async throws(DeadLetterQueueError)

  /// Letters in the order in which they were appended.
  ///
  /// - Parameters:
  ///   - position: The page begins with the first letter there or behind it; 0 for the first of all.
  ///   - limit: Letters at most.
  ///   - bytes: Of their contents together, at most; but the first is there whatever its size.
  func read(
    from position: UInt64, limit: Int, bytes: Int
  ) async throws(DeadLetterQueueError) -> DeadLetterPage

  /// Keeps what became of replays, durably on return, in place of what was kept of these letters before. Letters that are not
  /// there (any more) are passed over.
  func note(_ replays: [UInt64: DeadLetterReplay]) async throws(DeadLetterQueueError)

  /// Forgets letters for good, durably on return, and makes room for others. Those that are not there are passed over.
  ///
  /// - Returns: How many there were.
  @discardableResult
  func drop(_ positions: [UInt64]) async throws(DeadLetterQueueError) -> Int
}
