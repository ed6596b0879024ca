/// An event that breaks a rule for good, and why.
package struct EventRejection: Hashable, Sendable {
  package enum Reason: String, CaseIterable, Sendable {
    case malformed = "malformed"
    case messageTooLong = "message-too-long"
    case invalidSeverity = "invalid-severity"
    case invalidTraceID = "invalid-trace-id"
    case invalidSpanID = "invalid-span-id"
    case invalidText = "invalid-text"
    case tooManyAttributes = "too-many-attributes"
    case attributeKeyInvalid = "attribute-key-invalid"
    case attributeValueTooLong = "attribute-value-too-long"
    case duplicateAttribute = "duplicate-attribute"
  }

  /// Position in the batch as sent.
  package let index: UInt32
  package let reason: Reason
  /// The event as the sender sent it.
  package let content: [UInt8]

  package init(index: UInt32, reason: Reason, content: [UInt8]) {
    self.index = index
    self.reason = reason
    self.content = content
  }
}
