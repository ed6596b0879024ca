/// What ends one stretch of owning a partition.
enum PartitionInterruption: Error, Sendable {
  /// Another owner committed: drop everything, start from the index again.
  case lost
  /// Something was away: start from the index again after a while.
  case retry(reason: String)
  /// Only an operator can help.
  case stopped(reason: String)
  case cancelled
}

extension PartitionInterruption {
  init(_ error: EventLogError) {
    switch error {
    case .outOfRange(let offset, let start, let end):
      self = .stopped(
        reason: """
          the log has records \(start) to \(end) and not \(offset), which is next: it was trimmed or replaced; \
          restore it, or start a new epoch
          """)
    case .corrupt(_, let offset, let reason):
      self = .stopped(reason: "record \(offset) of the log is damaged: \(reason)")
    case .unknownPartition(let partition): self = .stopped(reason: "the log has no partition \(partition)")
    case .full(_, let reason), .unavailable(_, let reason), .rejected(let reason): self = .retry(reason: reason)
    case .closed, .cancelled: self = .cancelled
    }
  }

  init(_ error: ChunkIndexError) {
    switch error {
    case .lostRace, .tooOld: self = .lost
    case .wrongGeneration(let found):
      self = .retry(reason: "the index has generation \(found.map(String.init(describing:)) ?? "none"), not ours")
    case .alreadyInitialised(let generation): self = .retry(reason: "the index has generation \(generation) already")
    case .unavailable(_, let reason): self = .retry(reason: reason)
    case .corrupt(let reason), .rejected(let reason): self = .stopped(reason: "index: \(reason)")
    case .cancelled: self = .cancelled
    }
  }

  init(_ error: ObjectStoreError) {
    switch error {
    case .unavailable(_, let reason), .full(let reason): self = .retry(reason: "object store: \(reason)")
    case .rejected(let reason): self = .stopped(reason: "object store: \(reason)")
    case .notFound(let key), .alreadyExists(let key), .tooLarge(let key, _, _), .rangeNotSatisfiable(let key, _):
      self = .retry(reason: "object store: an unexpected answer about '\(key)'")
    case .cancelled: self = .cancelled
    }
  }

  init(_ error: DeadLetterQueueError) {
    switch error {
    case .full(let reason), .unavailable(_, let reason): self = .retry(reason: "dead letters: \(reason)")
    case .corrupt(let reason): self = .stopped(reason: "dead letters: \(reason)")
    case .cancelled: self = .cancelled
    }
  }
}
