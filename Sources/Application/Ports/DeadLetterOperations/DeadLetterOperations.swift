/// What an operator does with dead letters.
///
/// Letters of a flush count only once it is committed: until then they are neither listed nor found, since the flush may be
/// lost and another one may name them. A selection may ask for such letters alone: to see them, and to drop those that no
/// flush will ever name, which is known where no owner of a partition is at work.
package protocol DeadLetterOperations: Sendable {
  /// The letters that match, oldest first.
  ///
  /// - Parameters:
  ///   - position: 0, or `next` of the page before.
  ///   - limit: Letters at most, 1 to 1,000.
  func list(
    _ selection: DeadLetterSelection, from position: UInt64, limit: Int
  ) async throws(DeadLetterOperationsError) -> DeadLetterList

  func letter(_ number: UInt64) async throws(DeadLetterOperationsError) -> DeadLetterDetail

  /// Sends letters again, through the same door as all batches, each under an identity of its own that is always the same:
  /// however often a letter is replayed, its events are there once.
  ///
  /// - Parameters:
  ///   - limit: Letters at most.
  ///   - isForced: Send also what may be stored already (`behind-window`, `producer-expired`).
  ///   - told: Of each letter once its outcome is kept; the next ones wait for it.
  /// - Throws: `.unavailable` when no more is taken; those told are done. `.notFound` for a number of the selection, before
  ///   anything is sent. `.refused` for letters that are not committed.
  func replay(
    _ selection: DeadLetterSelection, limit: Int, isForced: Bool,
    told: @Sendable (DeadLetterReplayed) async -> Void
  ) async throws(DeadLetterOperationsError)

  /// Forgets letters for good.
  ///
  /// - Parameters:
  ///   - isForced: Also those whose replay was not accepted: what is in them is lost.
  ///   - told: How many more are gone, and how many stay, every few hundred.
  /// - Throws: `.refused` for letters that are not committed where a flush that names them may be under way, or without force.
  func drop(
    _ selection: DeadLetterSelection, isForced: Bool, told: @Sendable (DeadLetterDrop) async -> Void
  ) async throws(DeadLetterOperationsError)
}
