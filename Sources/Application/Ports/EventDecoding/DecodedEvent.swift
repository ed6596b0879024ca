package import Domain

/// What an event's bytes are.
package enum DecodedEvent: Sendable {
  /// One event, with index 0. Its time is 0 if the sender gave none.
  case event(EventColumns)
  /// It breaks this rule.
  case rejected(EventRejection.Reason)
}
