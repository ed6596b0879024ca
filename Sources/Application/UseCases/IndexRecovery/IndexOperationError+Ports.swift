extension IndexOperationError {
  init(_ error: ObjectStoreError) {
    switch error {
    case .unavailable(_, let reason), .full(let reason): self = .unavailable(reason: "object store: \(reason)")
    case .rejected(let reason): self = .rejected(reason: "object store: \(reason)")
    case .notFound, .alreadyExists, .tooLarge, .rangeNotSatisfiable:
      self = .unavailable(reason: "object store: an unexpected answer: \(error)")
    case .cancelled: self = .cancelled
    }
  }

  init(_ error: ChunkIndexError) {
    switch error {
    case .alreadyInitialised(let generation): self = .alreadyInitialised(generation)
    case .wrongGeneration: self = .superseded
    case .unavailable(_, let reason): self = .unavailable(reason: reason)
    case .rejected(let reason): self = .rejected(reason: reason)
    case .corrupt: self = .rejected(reason: error.description)
    case .lostRace, .tooOld: self = .unavailable(reason: "the index: an unexpected answer: \(error)")
    case .cancelled: self = .cancelled
    }
  }

  init(_ error: LeaseError) {
    switch error {
    case .unavailable(let reason): self = .unavailable(reason: reason)
    case .cancelled: self = .cancelled
    }
  }
}

extension PartitionSnapshotError {
  init(_ error: ObjectStoreError) {
    switch IndexOperationError(error) {
    case .rejected(let reason): self = .rejected(reason: reason)
    case .cancelled: self = .cancelled
    case let other: self = .unavailable(reason: other.description)
    }
  }

  init(_ error: ChunkIndexError) {
    switch error {
    case .wrongGeneration: self = .unavailable(reason: "the index is not whole: run 'cordwood index rebuild'")
    case .corrupt: self = .rejected(reason: error.description)
    case .rejected(let reason): self = .rejected(reason: reason)
    case .unavailable(_, let reason): self = .unavailable(reason: reason)
    case .alreadyInitialised, .lostRace, .tooOld:
      self = .unavailable(reason: "the index: an unexpected answer: \(error)")
    case .cancelled: self = .cancelled
    }
  }
}
