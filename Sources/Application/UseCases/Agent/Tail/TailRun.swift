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

  /// Before files are asked for changes again after that failed.
  private static let failurePause = Duration.seconds(1)

  let files: any LogFiles
  let options: TailOptions
  let delivery: TailDelivery
  private var clock: any WallClock { delivery.clock }
  private var telemetry: any Telemetry { delivery.telemetry }

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
      group.addTask { .connected(await delivery.connect()) }
      do throws(DeliveryStop) {
        if let placement { try await begin(&state, IngestTerms(before: placement)) }
        while try await advance(&state, &group) { tell(&state) }
        telemetry.record(.tail(state.flow.currentFigures()))
        return DeliveryReport(.interrupted, state.flow.outbox.counts)
      } catch {
        return DeliveryReport(error.end, state.flow.outbox.counts)
      }
    }
  }

  /// One action; false when it was the last.
  private func advance(_ state: inout State, _ group: inout TaskGroup<Step>) async throws(DeliveryStop) -> Bool {
    switch state.flow.next(at: clock.elapsed()) {
    case .send(let batch): group.addTask { .settled(batch, await delivery.settle(batch)) }
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
    case .append: try await delivery.append(&state.flow.outbox)
    case .forget(let sources):
      do throws(AgentJournalError) { try await delivery.journal.forget(sources) } catch {
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
      try delivery.check(result.refusal, state.flow.outbox)
    case .settled(let batch, .success(let outcome)): delivery.settled(batch, outcome, &state.flow.outbox)
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
    if state.round != nil {
      state.round?.cutting.fit(terms)
      state.terms = nil
    } else if state.flow.isInRound {
      state.terms = terms
    } else {
      state.round = TailRound(
        reader: TurnReader(files: files, options: options), limits: options.turn, journal: delivery.journal,
        clock: clock, cutting: try await delivery.cutting(options, terms))
      state.flow.mayCut()
    }
  }

  // MARK: - Waiting

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
    guard delivery.areFiguresDue(&state.nextFigures) else { return }
    telemetry.record(.tail(state.flow.currentFigures()))
  }

  /// What a look found wrong, when it is something else than the last time.
  private func tell(_ problems: [String], _ state: inout State) {
    for problem in problems where !state.problems.contains(problem) {
      telemetry.record(.filesProblem(reason: problem))
    }
    state.problems = problems
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
