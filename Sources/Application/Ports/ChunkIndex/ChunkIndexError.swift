package import Domain

/// Why the index did not do what was asked.
package enum ChunkIndexError: Error, Sendable {
  case alreadyInitialised(Generation)
  /// Another owner committed first: drop the flush, read the state again.
  case lostRace(head: FlushID?)
  /// The index has another generation than the caller started with, or none.
  case wrongGeneration(found: Generation?)
  /// The flush's objects were begun too long ago.
  case tooOld(age: Duration)
  case unavailable(retryAfter: Duration?, reason: String)
  /// What is stored cannot be read.
  case corrupt(reason: String)
  /// Asking again will not help: permission, a newer schema.
  case rejected(reason: String)
  case cancelled
}
