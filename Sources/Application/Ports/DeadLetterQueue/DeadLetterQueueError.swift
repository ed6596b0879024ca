/// Why dead letters could not be kept or read.
package enum DeadLetterQueueError: Error, Sendable {
  case full(reason: String)
  case unavailable(retryAfter: Duration?, reason: String)
  case corrupt(reason: String)
  case cancelled
}
