import Domain

/// Sends letters again, a page at a time: first what is about to be sent is noted, then it is sent, then what became of it is
/// noted. A crash in between sends the same again, under the same identity.
struct ReplayLetters: Sendable {
  /// Times that a letter is offered to an ingestor that says "later", before the replay stops.
  static let attempts = 20
  /// The longest that it waits before it offers again.
  static let longestWait = Duration.seconds(5)

  let ports: DeadLetterPorts
  let isForced: Bool

  /// - Throws: `.unavailable` when no more is taken; `done` was told of those before.
  func replay(
    _ letters: [KeptDeadLetter], done: @Sendable (DeadLetterReplayed) async -> Void
  ) async throws(DeadLetterOperationsError) {
    let begun = try await begin(letters)
    for letter in letters {
      let result = try await result(of: letter, begun[letter.position])
      ports.telemetry.record(
        .deadLetterReplayed(tenant: letter.letter.tenant, reason: letter.letter.reason, outcome: result.outcome))
      await done(
        DeadLetterReplayed(
          number: letter.position, reason: letter.letter.reason, tenant: letter.letter.tenant, result: result))
    }
  }

  /// Notes the first replay of those that are going to be sent, in one step.
  private func begin(
    _ letters: [KeptDeadLetter]
  ) async throws(DeadLetterOperationsError) -> [UInt64: DeadLetterReplay] {
    let now = ports.clock.now()
    var begun: [UInt64: DeadLetterReplay] = [:]
    for letter in letters where verdict(letter) == nil {
      if var replay = letter.replay {
        replay.last = now
        begun[letter.position] = replay
      } else {
        let placement = try await placement(letter.letter.tenant ?? .default)
        begun[letter.position] = DeadLetterReplay(first: now, placement: placement, last: now, outcome: nil)
      }
    }
    try await note(begun)
    return begun
  }

  /// What becomes of a letter that is not sent; nil for one that is.
  private func verdict(_ letter: KeptDeadLetter) -> DeadLetterReplayed.Result? {
    if let replay = letter.replay, replay.outcome == .accepted { return .acceptedBefore(at: replay.last) }
    switch letter.letter.reason {
    case .behindWindow, .producerExpired: return isForced ? nil : .needsForce
    case .event, .tooManyStreams, .sequenceConflict, .undecodable: return nil
    }
  }

  private func result(
    of letter: KeptDeadLetter, _ begun: DeadLetterReplay?
  ) async throws(DeadLetterOperationsError) -> DeadLetterReplayed.Result {
    if let verdict = verdict(letter) { return verdict }
    guard var replay = begun else { preconditionFailure("letter \(letter.position) is sent and was not noted") }
    let terms = try await terms(letter.letter.tenant ?? .default)
    let content: ReplayContent
    do throws(DecodingError) {
      content = try ReplayContent(letter.letter, ports.decoding, terms.eventLimits)
    } catch {
      replay.outcome = .refused(.undecodable)
      try await note([letter.position: replay])
      return .undecodable("\(error)")
    }
    let age = ports.clock.now().duration(since: replay.first)
    let submission = content.submission(
      as: ReplayIdentity.producer(of: letter.letter, ports.digest), placement: replay.placement, age: max(.zero, age),
      bytes: letter.letter.content.bytes.count)
    let refusal = try await send(submission)
    replay.outcome = refusal.map { .refused($0) } ?? .accepted
    try await note([letter.position: replay])
    return refusal.map { .refused($0) } ?? .accepted
  }

  /// - Returns: The rule that it breaks; nil once it is durable.
  private func send(_ submission: BatchSubmission) async throws(DeadLetterOperationsError) -> DeadLetterReason? {
    var reason = ""
    for _ in 0..<Self.attempts {
      let outcome: BatchOutcome
      do throws(EventIngestError) { outcome = try await ports.ingest.ingest(submission) } catch {
        throw DeadLetterOperationsError(error)
      }
      switch outcome {
      case .accepted(_, _, let rejections): return rejections.first.map { .event($0.reason) }
      case .deadLettered(let reason): return reason
      case .retryAfter(let wait, let why):
        reason = why
        do throws(CancellationError) { try await ports.clock.sleep(for: min(wait, Self.longestWait)) } catch {
          throw .cancelled
        }
      }
    }
    throw .unavailable(reason: "no more is taken: \(reason)")
  }

  private func terms(_ tenant: TenantID) async throws(DeadLetterOperationsError) -> IngestTerms {
    do throws(EventIngestError) { return try await ports.ingest.terms(for: tenant) } catch {
      throw DeadLetterOperationsError(error)
    }
  }

  private func placement(_ tenant: TenantID) async throws(DeadLetterOperationsError) -> UInt32 {
    try await terms(tenant).placementVersion
  }

  private func note(_ replays: [UInt64: DeadLetterReplay]) async throws(DeadLetterOperationsError) {
    if replays.isEmpty { return }
    do throws(DeadLetterQueueError) { try await ports.queue.note(replays) } catch {
      throw DeadLetterOperationsError(error)
    }
  }
}

extension DeadLetterReplayed.Result {
  fileprivate var outcome: DeadLetterReplayOutcome {
    switch self {
    case .accepted: .accepted
    case .refused: .refused
    case .acceptedBefore, .needsForce, .undecodable: .skipped
    }
  }
}
