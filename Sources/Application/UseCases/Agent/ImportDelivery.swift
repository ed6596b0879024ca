import Domain

/// Carries out what an `ImportFlow` decides: reads, keeps, sends, many things at a time.
struct ImportDelivery: Sendable {
  private enum Step: Sendable {
    case read(Result<[UInt8]?, LogSourceError>, position: Int)
    case settled(JournaledBatch, Result<BatchOutcome, DeliveryStop>)
  }

  let journal: any AgentJournal
  let clock: any WallClock
  let deliver: DeliverBatch
  let progress: @Sendable (DeliveryProgress) -> Void

  /// - Parameter intake: Needed by a flow that cuts.
  func run(_ start: ImportFlow, from intake: ImportIntake? = nil) async -> DeliveryReport {
    await withTaskGroup(of: Step.self) { group in
      var flow = start
      var intake = intake
      do throws(DeliveryStop) {
        while try await advance(&flow, &intake, &group) {
          if Task.isCancelled { throw DeliveryStop(.interrupted) }
        }
        return DeliveryReport(flow.badLine.map { .badLine($0) } ?? .complete, flow.counts)
      } catch {
        group.cancelAll()
        return DeliveryReport(error.end, flow.counts)
      }
    }
  }

  /// One action; false when it was the last.
  private func advance(
    _ flow: inout ImportFlow, _ intake: inout ImportIntake?, _ group: inout TaskGroup<Step>
  ) async throws(DeliveryStop) -> Bool {
    switch flow.next() {
    case .send(let batch): group.addTask { .settled(batch, await settle(batch)) }
    case .read:
      guard let source = intake?.source else { preconditionFailure("a flow that cuts has an intake") }
      group.addTask { await read(source) }
    case .journal(let cut):
      guard let entry = try intake?.entry(cut, at: clock.now()) else {
        preconditionFailure("a flow that cuts has an intake")
      }
      try await append(entry, &flow)
    case .append(let entry): try await append(entry, &flow)
    case .wait:
      guard let step = await group.next() else { preconditionFailure("the flow waits for nothing") }
      try handle(step, &flow)
      progress(.advanced(flow.counts, position: flow.position, size: intake?.source.size))
    case .finish: return false
    }
    return true
  }

  private func handle(_ step: Step, _ flow: inout ImportFlow) throws(DeliveryStop) {
    switch step {
    case .read(.success(let piece), let position): flow.read(piece, position: position)
    case .read(.failure(let error), _): throw DeliveryStop(error)
    case .settled(let batch, .success(let outcome)): flow.settled(batch, outcome)
    case .settled(_, .failure(let stop)): throw stop
    }
  }

  private func append(_ entry: JournalEntry, _ flow: inout ImportFlow) async throws(DeliveryStop) {
    do throws(AgentJournalError) { try await journal.append(entry) } catch {
      if case .full = error, flow.hadNoRoom(for: entry) { return }
      throw DeliveryStop(.journalFailed(error))
    }
    flow.journaled(entry.batches, isResent: false)
  }

  private func settle(_ batch: JournaledBatch) async -> Result<BatchOutcome, DeliveryStop> {
    let outcome: BatchOutcome
    do throws(DeliverBatch.Failure) { outcome = try await deliver(batch) } catch {
      return .failure(DeliveryStop(failure: error))
    }
    do throws(AgentJournalError) { try await journal.acknowledge(batch.stream, sequence: batch.sequence) } catch {
      return .failure(DeliveryStop(.journalFailed(error)))
    }
    return .success(outcome)
  }

  private func read(_ source: any LogSource) async -> Step {
    do throws(LogSourceError) {
      let piece = try await source.read()
      return .read(.success(piece), position: await source.position())
    } catch {
      return .read(.failure(error), position: 0)
    }
  }
}
