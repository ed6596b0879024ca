import Domain

/// Carries out what a `StreamFlow` decides: reads, keeps, sends, many things at a time.
struct StreamRun: Sendable {
  private enum Step: Sendable {
    case connected(Result<IngestTerms, DeliveryStop>)
    case read(Result<LogStreamPiece?, LogStreamError>)
    case round(StreamRound.Result, StreamRound)
    case settled(JournaledBatch, Result<BatchOutcome, DeliveryStop>)
    case pauseEnded
    case stopRequested
    case patienceEnded
  }

  /// What changes while it runs.
  private struct State {
    var flow: StreamFlow
    /// Nil while it is in use, and before events can be cut.
    var round: StreamRound?
    /// Of the server, where they have not reached `round` yet.
    var terms: IngestTerms?
    var failure: DeliveryStop?
    var nextFigures = Duration.zero
  }

  let source: SourceID
  let origin: FileOrigin
  let reader: StreamReader
  /// Of the journal, behind which the stream goes on.
  let cursor: String?
  let options: TailOptions
  let delivery: TailDelivery
  private var clock: any WallClock { delivery.clock }
  private var telemetry: any Telemetry { delivery.telemetry }

  /// - Parameters:
  ///   - placement: What the journal's batches have always had; nil before its first contact, until which one piece is read.
  ///   - stops: Yields when it is to stop.
  func callAsFunction(_ flow: StreamFlow, placement: UInt32?, until stops: AsyncStream<Void>) async -> DeliveryReport {
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
        await reader.close()
        let end = state.failure?.end ?? (state.flow.isStopping ? .interrupted : .complete)
        return DeliveryReport(end, state.flow.outbox.counts)
      } catch {
        await reader.close()
        return DeliveryReport(error.end, state.flow.outbox.counts)
      }
    }
  }

  /// One action; false when it was the last.
  private func advance(_ state: inout State, _ group: inout TaskGroup<Step>) async throws(DeliveryStop) -> Bool {
    switch state.flow.next(at: clock.elapsed()) {
    case .send(let batch): group.addTask { .settled(batch, await delivery.settle(batch)) }
    case .read: group.addTask { .read(await read()) }
    case .close: await reader.close()
    case .round(let portion):
      guard var round = state.round.take() else {
        preconditionFailure("one round at a time, and none before it may cut")
      }
      group.addTask {
        let result = await round.run(portion)
        return .round(result, round)
      }
    case .append: try await delivery.append(&state.flow.outbox)
    case .pause(let duration):
      group.addTask {
        do throws(CancellationError) { try await clock.sleep(for: duration) } catch {}
        return .pauseEnded
      }
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
    case .read(.success(let piece)): state.flow.read(piece, at: clock.elapsed())
    case .read(.failure(let error)):
      // What came before it is still to be sent.
      state.failure = DeliveryStop(error)
      state.flow.read(nil, at: clock.elapsed())
    case .round(let result, let round):
      state.round = round
      if let terms = state.terms { try await begin(&state, terms) }
      state.flow.roundEnded(result, at: clock.elapsed())
      if let stop = result.stop { throw stop }
      try delivery.check(result.refusal, state.flow.outbox)
    case .settled(let batch, .success(let outcome)): delivery.settled(batch, outcome, &state.flow.outbox)
    case .settled(_, .failure(let stop)): throw stop
    case .pauseEnded: state.flow.pauseEnded()
    case .stopRequested:
      state.flow.stopRequested()
      group.addTask {
        do throws(CancellationError) { try await clock.sleep(for: options.stopTimeout) } catch {}
        return .patienceEnded
      }
    case .patienceEnded: state.flow.patienceEnded()
    }
  }

  /// From here on events can be cut, within what the server takes.
  private func begin(_ state: inout State, _ terms: IngestTerms) async throws(DeliveryStop) {
    if state.round != nil {
      state.round?.cutting.fit(terms)
      state.terms = nil
    } else if state.flow.isInRound {
      state.terms = terms
    } else {
      state.round = StreamRound(
        source: source, origin: origin, journal: delivery.journal, clock: clock,
        cutting: try await delivery.cutting(options, terms), cursor: cursor)
      state.flow.mayCut()
    }
  }

  private func read() async -> Result<LogStreamPiece?, LogStreamError> {
    do throws(LogStreamError) { return .success(try await reader.read()) } catch { return .failure(error) }
  }

  private func tell(_ state: inout State) {
    guard delivery.areFiguresDue(&state.nextFigures) else { return }
    telemetry.record(.tail(state.flow.currentFigures()))
  }
}

extension DeliveryStop {
  init(_ error: LogStreamError) {
    switch error {
    case .notAvailable(let name, let reason), .interrupted(let name, let reason), .cursorLost(let name, let reason):
      end = .sourceFailed(.unreadable(name: name, reason: reason))
    case .cancelled: end = .interrupted
    }
  }
}
