/// Why a door gave no answer.
package enum HealthDoorFailure: Error, Hashable, Sendable {
  /// Something else than an answer came, or nothing.
  case noAnswer(reason: String)
  case cancelled
}
