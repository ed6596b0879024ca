import Application

extension DeadLetterQueueError {
  /// What reading or asking the topic came to.
  init(_ error: EventLogError) {
    switch error {
    case .cancelled: self = .cancelled
    case .full(let wait, let reason), .unavailable(let wait, let reason):
      self = .unavailable(retryAfter: wait, reason: reason)
    case .corrupt(_, _, _, let reason): self = .corrupt(reason: reason)
    case .setBack(let setback): self = .corrupt(reason: setback.description)
    case .rejected(let reason): self = .unavailable(retryAfter: nil, reason: reason)
    case .closed: self = .unavailable(retryAfter: nil, reason: "the dead letters are closed")
    case .outOfRange(let offset, let start, let end):
      self = .corrupt(
        reason: "the dead letters' topic has offsets \(start) to \(end), not \(offset): somebody removed some")
    case .unknownPartition: self = .unavailable(retryAfter: nil, reason: "the dead letters' topic has no partition")
    }
  }

  init(_ failure: KafkaProducer.Failure) {
    switch failure {
    case .cancelled: self = .cancelled
    case .closed: self = .unavailable(retryAfter: nil, reason: "the dead letters are closed")
    case .full: self = .unavailable(retryAfter: .seconds(1), reason: "too many dead letters wait for Kafka")
    case .failed(let error):
      self = .unavailable(
        retryAfter: .seconds(1), reason: "Kafka did not confirm dead letters: \(error) (\(error.name))")
    }
  }
}
