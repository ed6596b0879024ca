import Domain

/// Which sessions there are: a plain state machine. At most one of a partition runs, whatever the group says.
///
/// Absent -> (given) begun -> (run) running -> (returned) returned -> (taken) absent. Taken while it runs: ending, and absent
/// when it has returned; given again meanwhile: a new one is begun then.
struct SessionTable: Sendable {
  private enum Life {
    case begun, running, returned, ending
    case endingAndWanted
  }

  private var lives: [PartitionID: (life: Life, session: PartitionSession)] = [:]
  private var isStopping = false

  /// Whether no session of these is under way.
  func areOver(_ partitions: [PartitionID]) -> Bool {
    partitions.allSatisfy { lives[$0].map { $0.life == .returned } ?? true }
  }

  var areAllOver: Bool { areOver(Array(lives.keys)) }

  /// The group gives a partition.
  ///
  /// - Returns: The session to begin, if it is to begin now.
  mutating func give(_ partition: PartitionID) -> PartitionSession? {
    if isStopping { return nil }
    switch lives[partition]?.life {
    case nil:
      let session = PartitionSession(partition)
      lives[partition] = (.begun, session)
      return session
    case .ending, .endingAndWanted: lives[partition]?.life = .endingAndWanted
    case .begun, .running, .returned: break
    }
    return nil
  }

  /// The group takes a partition.
  ///
  /// - Returns: The session to revoke.
  mutating func take(_ partition: PartitionID) -> PartitionSession? {
    guard let (life, session) = lives[partition] else { return nil }
    switch life {
    case .begun, .returned:
      lives[partition] = nil
      return nil
    case .running, .ending, .endingAndWanted:
      lives[partition]?.life = .ending
      return session
    }
  }

  /// A session's task begins.
  ///
  /// - Returns: False if it was taken before: then it does not run.
  mutating func run(_ session: PartitionSession) -> Bool {
    guard let (life, current) = lives[session.partition], current === session, life == .begun else { return false }
    lives[session.partition]?.life = .running
    return true
  }

  /// A session has returned.
  ///
  /// - Returns: The one to begin in its place.
  mutating func end(_ session: PartitionSession) -> PartitionSession? {
    guard let (life, current) = lives[session.partition], current === session else { return nil }
    switch life {
    case .begun, .running, .returned:
      lives[session.partition]?.life = .returned
      return nil
    case .ending:
      lives[session.partition] = nil
      return nil
    case .endingAndWanted:
      lives[session.partition] = nil
      return give(session.partition)
    }
  }

  /// Takes everything and gives nothing any more.
  ///
  /// - Returns: The sessions to revoke.
  mutating func stop() -> [PartitionSession] {
    isStopping = true
    return lives.keys.sorted().compactMap { take($0) }
  }
}
