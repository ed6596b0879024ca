extension DeadLetterOperationsError {
  init(_ error: DeadLetterQueueError) {
    switch error {
    case .full(let reason), .unavailable(_, let reason): self = .unavailable(reason: reason)
    case .corrupt(let reason): self = .corrupt(reason: reason)
    case .cancelled: self = .cancelled
    }
  }

  init(_ error: ChunkIndexError) {
    switch error {
    case .unavailable(_, let reason), .rejected(let reason): self = .unavailable(reason: reason)
    case .corrupt(let reason): self = .corrupt(reason: reason)
    case .cancelled: self = .cancelled
    case .alreadyInitialised, .lostRace, .wrongGeneration, .tooOld:
      self = .unavailable(reason: "the index does not say which letters are published: \(error)")
    }
  }

  init(_ error: EventIngestError) {
    switch error {
    case .rejected(let reason): self = .refused(reason: reason)
    case .unavailable(_, let reason): self = .unavailable(reason: reason)
    case .shuttingDown: self = .unavailable(reason: "the server is stopping")
    case .cancelled: self = .cancelled
    }
  }
}
