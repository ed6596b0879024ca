import Application
import Domain

/// `PushOnceResponse`: what became of a batch that was sent by itself. Refusals are a status instead.
enum PushOnceResponseMessage {
  /// `.retryAfter` has no place in it, being a status.
  static func encode(_ outcome: BatchOutcome) -> [UInt8] {
    var bytes: [UInt8] = []
    switch outcome {
    case .accepted(let isExactlyOnce, let retimed, let letters):
      bytes.append(
        tag: IngestorFields.PushOnceResponse.accepted,
        message: OutcomeMessages.accepted(isExactlyOnce: isExactlyOnce, retimed: retimed, letters))
    case .deadLettered(let reason):
      bytes.append(tag: IngestorFields.PushOnceResponse.deadLettered, message: OutcomeMessages.deadLettered(reason))
    case .retryAfter: break
    }
    return bytes
  }
}
