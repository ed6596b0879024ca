import Application
import Domain

/// `PushResponse`: the answer to one batch of a Push stream.
struct PushResponseMessage: Hashable, Sendable {
  let identity: BatchIdentity
  let answer: BatchAnswer

  init(_ identity: BatchIdentity, _ answer: BatchAnswer) {
    self.identity = identity
    self.answer = answer
  }

  var encoded: [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(tag: IngestorFields.PushResponse.service, nonEmpty: identity.service)
    if !identity.producer.isEmpty {
      bytes.append(tag: IngestorFields.PushResponse.producerID, bytes: identity.producer.span)
    }
    bytes.append(tag: IngestorFields.PushResponse.sequence, nonZero: identity.sequence)
    switch answer {
    case .outcome(.accepted(let isExactlyOnce, let retimed, let letters)):
      bytes.append(
        tag: IngestorFields.PushResponse.accepted,
        message: OutcomeMessages.accepted(isExactlyOnce: isExactlyOnce, retimed: retimed, letters))
    case .outcome(.deadLettered(let reason)):
      bytes.append(tag: IngestorFields.PushResponse.deadLettered, message: OutcomeMessages.deadLettered(reason))
    case .outcome(.retryAfter(let duration, let reason)):
      bytes.append(tag: IngestorFields.PushResponse.retryAfter, message: OutcomeMessages.retryAfter(duration, reason))
    case .rejected(let reason):
      bytes.append(tag: IngestorFields.PushResponse.rejected, message: OutcomeMessages.rejected(reason))
    }
    return bytes
  }

  /// - Throws: If the bytes are no protobuf, or have no outcome that this build knows.
  init(decoding bytes: Span<UInt8>) throws(DecodingError) {
    var cursor = WireCursor(0..<bytes.count)
    var identity = BatchIdentity(service: "", producer: [], sequence: 0)
    var answer: BatchAnswer?
    while !cursor.isAtEnd {
      switch try cursor.tag(bytes) {
      case IngestorFields.PushResponse.service: identity.service = try cursor.text(bytes)
      case IngestorFields.PushResponse.producerID:
        identity.producer = [UInt8](bytes.extracting(try cursor.payload(bytes)))
      case IngestorFields.PushResponse.sequence: identity.sequence = try cursor.varint(bytes)
      case IngestorFields.PushResponse.accepted:
        answer = .outcome(try OutcomeMessages.accepted(bytes, try cursor.payload(bytes)))
      case IngestorFields.PushResponse.deadLettered:
        answer = .outcome(try OutcomeMessages.deadLettered(bytes, try cursor.payload(bytes)))
      case IngestorFields.PushResponse.retryAfter:
        answer = .outcome(try OutcomeMessages.retryAfter(bytes, try cursor.payload(bytes)))
      case IngestorFields.PushResponse.rejected:
        answer = .rejected(
          reason: try WireText.lastText(IngestorFields.Rejected.reason, of: bytes, try cursor.payload(bytes)))
      case let tag: try cursor.skip(tag, bytes)
      }
    }
    guard let answer else {
      throw DecodingError(.malformed, at: 0, "an answer to a batch has no outcome that this build knows: upgrade it")
    }
    self.init(identity, answer)
  }
}
