/// What an operator does with dead letters.
package protocol DeadLetterOperations: Sendable {
  /// The letters that are published and match, oldest first.
  ///
  /// - Parameters:
  ///   - position: 0, or `next` of the page before.
  ///   - limit: Letters at most, 1 to 1,000.
  func list(
    _ selection: DeadLetterSelection, from position: UInt64, limit: Int
  ) async throws(DeadLetterOperationsError) -> DeadLetterList
}
