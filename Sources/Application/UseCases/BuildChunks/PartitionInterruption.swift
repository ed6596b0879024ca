import Domain

/// What ends one stretch of owning a partition.
enum PartitionInterruption: Error, Sendable {
  /// Another owner committed: drop everything, start from the index again.
  case lost
  /// Something was away: ask again after a while, or start from the index again.
  case retry(reason: String)
  /// The index is another one, or none: start from it again after a while.
  case moved(reason: String)
  /// Only an operator can help.
  case stopped(reason: String)
  case cancelled
}

extension PartitionInterruption {
  /// The log has another epoch than the index (DESIGN section 4, rule 7).
  static func replaced(by epoch: LogEpoch, _ indexed: LogEpoch, _ partition: PartitionID) -> PartitionInterruption {
    .stopped(
      reason: """
        the log of partition \(partition) is of epoch \(epoch), the index of \(indexed): the log was deleted or replaced; \
        put the old one back, or say 'cordwood index new-epoch --partition \(partition)' to go on without what it still had
        """)
  }

  init(_ error: EventLogError) {
    switch error {
    case .outOfRange(let offset, let start, let end):
      self = .retry(reason: "the log has records \(start) to \(end) and not \(offset), which is next")
    case .corrupt(_, let offset, _, let reason):
      self = .retry(reason: "record \(offset) of the log is damaged: \(reason)")
    case .setBack(let setback): self = .stopped(reason: setback.description)
    case .unknownPartition(let partition): self = .stopped(reason: "the log has no partition \(partition)")
    case .full(_, let reason), .unavailable(_, let reason), .rejected(let reason): self = .retry(reason: reason)
    case .closed, .cancelled: self = .cancelled
    }
  }

  init(_ error: ChunkIndexError) {
    switch error {
    case .lostRace, .tooOld: self = .lost
    case .wrongGeneration(let found):
      self = .moved(reason: "the index has generation \(found.map(String.init(describing:)) ?? "none"), not ours")
    case .alreadyInitialised(let generation): self = .retry(reason: "the index has generation \(generation) already")
    case .unavailable(_, let reason): self = .retry(reason: reason)
    case .corrupt: self = .stopped(reason: error.description)
    case .rejected(let reason): self = .stopped(reason: "index: \(reason)")
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
