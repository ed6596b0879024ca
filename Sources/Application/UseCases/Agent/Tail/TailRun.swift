import Domain

/// Carries out what a `TailFlow` decides: looks, reads, keeps, sends, many things at a time.
struct TailRun: Sendable {
  private enum Step: Sendable {
    case connected(Result<IngestTerms, DeliveryStop>)
    case heard(FileChanges)
    case surveyed(Result<FileSurvey, LogFilesError>)
    case round(TailRound.Result, TailRound)
    case settled(JournaledBatch, Result<BatchOutcome, DeliveryStop>)
    case stopRequested
    case patienceEnded
  }

  /// What changes while it runs.
  private struct State {
    var flow: TailFlow
    /// Nil while it is in use, and before events can be cut.
    var round: TailRound?
    /// Of the server, where they have not reached `round` yet.
    var terms: IngestTerms?
    var problems: [String] = []
    var nextFigures = Duration.zero
  }

  /// Before a server is asked again that refused for good: an operator may change its mind, or its settings.
  private static let rejectionPause = Duration.seconds(30)
  /// How often figures are told.
  private static let figuresInterval = Duration.milliseconds(500)
  /// Before files are asked for changes again after that failed.
  private static let failurePause = Duration.seconds(1)

  let files: any LogFiles
  let journal: any AgentJournal
  let sink: any BatchSink
  let clock: any WallClock
  let telemetry: any Telemetry
  let options: TailOptions
  let progress: @Sendable (DeliveryProgress) -> Void
  let deliver: DeliverBatch

  /// - Parameters:
  ///   - placement: What the journal's batches have always had; nil before its first contact, until which nothing can be cut.
  ///   - stops: Yields when it is to stop.
  func callAsFunction(_ flow: TailFlow, placement: UInt32?, until stops: AsyncStream<Void>) async -> DeliveryReport {
    await withTaskGroup(of: Step.self) { group in
      var state = State(flow: flow)
      defer { group.cancelAll() }
      group.addTask {
        for await _ in stops { break }
        return .stopRequested
      }
      group.addTask { .connected(await connect()) }
      do throws(DeliveryStop) {
        if let placement { try await begin(&state, IngestTerms(before: placement)) }
        while try await advance(&state, &group) { tell(&state) }
        telemetry.record(.tail(state.flow.currentFigures()))
        return DeliveryReport(.interrupted, state.flow.counts)
      } catch {
        return DeliveryReport(error.end, state.flow.counts)
      }
    }
  }

  /// One action; false when it was the last.
  private func advance(_ state: inout State, _ group: inout TaskGroup<Step>) async throws(DeliveryStop) -> Bool {
    switch state.flow.next(at: clock.elapsed()) {
    case .send(let batch): group.addTask { .settled(batch, await settle(batch)) }
    case .close(let handles): for handle in handles { await handle.close() }
    case .survey(let known): group.addTask { .surveyed(await survey(known)) }
    case .round(let jobs, let candidates):
      guard var round = state.round.take() else {
        preconditionFailure("one round at a time, and none before it may cut")
      }
      group.addTask {
        let result = await round.run(jobs, candidates)
        return .round(result, round)
      }
    case .append(let entries):
      var refusal: AgentJournalError?
      do throws(AgentJournalError) { try await journal.append(entries) } catch { refusal = error }
      try check(refusal, state)
      state.flow.appended(entries, refusal: refusal, at: clock.elapsed())
    case .forget(let sources):
      do throws(AgentJournalError) { try await journal.forget(sources) } catch {
        throw DeliveryStop(.journalFailed(error))
      }
    case .listen(let patience): group.addTask { .heard(await listen(patience)) }
    case .wait:
      guard let step = await group.next() else { preconditionFailure("the flow waits for nothing") }
      try await handle(step, &state, &group)
    case .finish: return false
    }
    return true
  }

  private func handle(
    _ step: Step, _ state: inout State, _ group: inout TaskGroup<Step>
  ) async throws(DeliveryStop) {
    switch step {
    case .connected(.success(let terms)): try await begin(&state, terms)
    case .connected(.failure(let stop)): throw stop
    case .heard(let changes): state.flow.heard(changes, at: clock.elapsed())
    case .surveyed(.success(let survey)):
      state.flow.surveyed(survey, at: clock.elapsed())
      tell(survey.problems, &state)
    case .surveyed(.failure(let error)):
      state.flow.surveyed(nil, at: clock.elapsed())
      tell(["\(error)"], &state)
    case .round(let result, let round):
      state.round = round
      if let terms = state.terms { try await begin(&state, terms) }
      state.flow.roundEnded(result, at: clock.elapsed())
      if let stop = result.stop { throw stop }
      try check(result.refusal, state)
    case .settled(let batch, .success(let outcome)):
      state.flow.settled(batch, outcome)
      tell(outcome)
      progress(.advanced(state.flow.counts, position: 0, size: nil))
    case .settled(_, .failure(let stop)): throw stop
    case .stopRequested:
      state.flow.stopRequested()
      group.addTask {
        do throws(CancellationError) { try await clock.sleep(for: options.stopTimeout) } catch {}
        return .patienceEnded
      }
    case .patienceEnded: state.flow.patienceEnded()
    }
  }

  // MARK: - Cutting

  /// From here on events can be cut, within what the server takes.
  private func begin(_ state: inout State, _ terms: IngestTerms) async throws(DeliveryStop) {
    do throws(AgentJournalError) {
      var placement = try await journal.placement()
      if placement == nil {
        try await journal.fixPlacement(terms.placementVersion)
        placement = terms.placementVersion
      }
      if let round = state.round {
        state.round?.cutter.limits = CutLimits(terms)
        state.round?.packing = packing(terms, round.packing.placement, round.packing.nextSequences)
        state.terms = nil
      } else if state.flow.isInRound {
        state.terms = terms
      } else {
        let packing = packing(terms, placement ?? terms.placementVersion, try await journal.nextSequences())
        let reader = TurnReader(files: files, eventBytes: options.lines.maximumEventBytes + TurnReader.lineEndBytes)
        state.round = TailRound(
          reader: reader, limits: options.turn, journal: journal, clock: clock,
          cutter: TurnCutter(options, limits: CutLimits(terms)), packing: packing)
        state.flow.mayCut()
      }
    } catch {
      throw DeliveryStop(.journalFailed(error))
    }
  }

  private func packing(_ terms: IngestTerms, _ placement: UInt32, _ next: [StreamID: UInt64]) -> BatchPacking {
    BatchPacking(
      tenant: options.tenant, producer: journal.producer, placement: placement, acceptsAnyAge: false, terms: terms,
      sink: sink, nextSequences: next)
  }

  /// A journal that has no room, or cannot write now, is asked again; any other refusal ends the run.
  private func check(_ refusal: AgentJournalError?, _ state: State) throws(DeliveryStop) {
    switch refusal {
    case nil: return
    case .full where !state.flow.isSpoolEmpty: return
    case .unavailable(let reason): telemetry.record(.trouble(area: "journal", reason: reason))
    case .full(let bytes, let limit): throw DeliveryStop(.journalFailed(.full(bytes: bytes, limit: limit)))
    case .inUse(let path): throw DeliveryStop(.journalFailed(.inUse(path: path)))
    case .corrupt(let reason): throw DeliveryStop(.journalFailed(.corrupt(reason: reason)))
    case .rejected(let reason): throw DeliveryStop(.journalFailed(.rejected(reason: reason)))
    }
  }

  // MARK: - Waiting

  private func connect() async -> Result<IngestTerms, DeliveryStop> {
    while true {
      do throws(DeliveryStop) { return .success(try await deliver.terms(for: options.tenant)) } catch {
        guard case .rejected(let reason) = error.end, await pause(afterRejection: reason, of: nil) else {
          return .failure(error)
        }
      }
    }
  }

  private func settle(_ batch: JournaledBatch) async -> Result<BatchOutcome, DeliveryStop> {
    while true {
      let outcome: BatchOutcome
      do throws(DeliverBatch.Failure) { outcome = try await deliver(batch) } catch {
        guard case .rejected(let reason) = error, await pause(afterRejection: reason, of: batch) else {
          return .failure(DeliveryStop(failure: error))
        }
        continue
      }
      do throws(AgentJournalError) { try await journal.acknowledge(batch.stream, sequence: batch.sequence) } catch {
        return .failure(DeliveryStop(.journalFailed(error)))
      }
      return .success(outcome)
    }
  }

  /// Nothing that was read may be lost because a server is set up wrongly: it is said, kept, and tried again.
  ///
  /// - Returns: False when the run is over.
  private func pause(afterRejection reason: String, of batch: JournaledBatch?) async -> Bool {
    telemetry.record(.sendingRefused(stream: batch?.stream, reason: reason))
    progress(.retrying(reason: reason, after: Self.rejectionPause))
    do throws(CancellationError) { try await clock.sleep(for: Self.rejectionPause) } catch { return false }
    return true
  }

  private func survey(_ known: Set<FileIdentity>) async -> Result<FileSurvey, LogFilesError> {
    do throws(LogFilesError) { return .success(try await files.find(known: known)) } catch { return .failure(error) }
  }

  /// Waits for changes, and a little more for those that follow at once.
  private func listen(_ patience: Duration) async -> FileChanges {
    do throws(LogFilesError) {
      let first = try await files.changes(within: patience)
      if first == .nothing || options.batchWait == .zero { return first }
      do throws(CancellationError) { try await clock.sleep(for: options.batchWait) } catch { return first }
      return first.merged(with: try await files.changes(within: .zero))
    } catch {
      do throws(CancellationError) { try await clock.sleep(for: Self.failurePause) } catch {}
      return .anything
    }
  }

  // MARK: - Telling

  private func tell(_ state: inout State) {
    for note in state.flow.takeNotes() { telemetry.record(note) }
    let now = clock.elapsed()
    guard now >= state.nextFigures else { return }
    state.nextFigures = now + Self.figuresInterval
    telemetry.record(.tail(state.flow.currentFigures()))
  }

  private func tell(_ outcome: BatchOutcome) {
    var letters: [DeadLetterReason: Int] = [:]
    switch outcome {
    case .accepted(_, _, let rejections):
      for rejection in rejections { letters[.event(rejection.reason), default: 0] += 1 }
    case .deadLettered(let reason): letters[reason, default: 0] += 1
    case .retryAfter: break
    }
    for (reason, count) in letters {
      telemetry.record(.eventsDeadLettered(tenant: options.tenant, reason: reason, count: count))
    }
  }

  /// What a look found wrong, when it is something else than the last time.
  private func tell(_ problems: [String], _ state: inout State) {
    for problem in problems where !state.problems.contains(problem) {
      telemetry.record(.filesProblem(reason: problem))
    }
    state.problems = problems
  }
}

extension IngestTerms {
  /// What every server takes, until one has said what it does: a journal that knows its placement can go on without.
  init(before placement: UInt32) {
    self.init(
      maximumBatchBytes: 1 << 20, maximumSingleEventBatchBytes: 2 << 20, eventLimits: EventLimits(),
      placementVersion: placement)
  }
}

extension FileChanges {
  func merged(with other: FileChanges) -> FileChanges {
    switch (self, other) {
    case (.nothing, let changes), (let changes, .nothing): changes
    case (.anything, _), (_, .anything): .anything
    case (.contents(let first), .contents(let second)): .contents(first.union(second))
    }
  }
}
