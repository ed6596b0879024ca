/// Why an operation on dead letters was not done, or not to its end.
package enum DeadLetterOperationsError: Error, Equatable, Sendable {
  /// There is no such letter, or none any more.
  case notFound
  /// The request cannot be meant.
  case invalidRequest(field: String, reason: String)
  /// It must not be done, or not as things are; the reason says what to do first.
  case refused(reason: String)
  case unavailable(reason: String)
  /// What is stored cannot be read.
  case corrupt(reason: String)
  case cancelled
}
