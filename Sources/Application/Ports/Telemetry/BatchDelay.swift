/// Why a batch has to be sent again later: labels of a metric.
package enum BatchDelay: String, CaseIterable, Sendable {
  case rateLimited = "rate-limited"
  case logFull = "log-full"
  case logUnavailable = "log-unavailable"
  /// The partition's log is an older copy of itself.
  case logSetBack = "log-set-back"
  case deadLettersUnavailable = "dead-letters-unavailable"
}
