import Domain

extension DeadLetterReason {
  /// What happened, for a person who has never met the word.
  var words: String {
    switch self {
    case .tooManyStreams: "the tenant has as many services as it may (MAX_STREAMS)"
    case .sequenceConflict: "its producer sent another batch under the same sequence before"
    case .behindWindow: "its producer had sent over a thousand later batches, so it may be stored already"
    case .producerExpired: "it was first sent over seven days before it arrived, so it may be stored already"
    case .undecodable: "its bytes in the log are no record that this version reads"
    case .event(let reason): reason.words
    }
  }
}

extension EventRejection.Reason {
  fileprivate var words: String {
    switch self {
    case .malformed: "the event's bytes are not as the protocol has them"
    case .messageTooLong: "the event's message is over the limit"
    case .invalidSeverity: "the event's severity is not 0 to 24"
    case .invalidTraceID: "the event's trace id has not 16 bytes"
    case .invalidSpanID: "the event's span id has not 8 bytes"
    case .invalidText: "the event's level text is too long or not UTF-8"
    case .tooManyAttributes: "the event has more attributes than it may"
    case .attributeKeyInvalid: "a key of the event's attributes is empty, too long or not UTF-8"
    case .attributeValueTooLong: "a value of the event's attributes is too long"
    case .duplicateAttribute: "the event has two attributes of one key"
    }
  }
}
