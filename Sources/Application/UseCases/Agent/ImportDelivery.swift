import Domain

/// Carries out what an `ImportFlow` decides: reads, keeps, sends, many things at a time.
struct ImportDelivery: Sendable {
  private enum Step: Sendable {
    case read(Result<[UInt8]?, LogSourceError>)
    case settled(JournaledBatch, Result<BatchOutcome, ImportStop>)
  }

  let journal: any AgentJournal
  let clock: any WallClock
  let deliver: DeliverBatch
  let progress: @Sendable (ImportProgress) -> Void

  /// - Parameter intake: Needed by a flow that cuts.
  func run(_ start: ImportFlow, from intake: ImportIntake? = nil) async -> ImportReport {
    await withTaskGroup(of: Step.self) { group in
      var flow = start
      var intake = intake
      do throws(ImportStop) {
        while try await advance(&flow, &intake, &group) {
          if Task.isCancelled { throw ImportStop(.interrupted) }
        }
        return ImportReport(flow.badLine.map { .badLine($0) } ?? .complete, flow.counts)
      } catch {
        group.cancelAll()
        return ImportReport(error.end, flow.counts)
      }
    }
  }

  /// One action; false when it was the last.
  private func advance(
    _ flow: inout ImportFlow, _ intake: inout ImportIntake?, _ group: inout TaskGroup<Step>
  ) async throws(ImportStop) -> Bool {
    switch flow.next() {
    case .send(let batch): group.addTask { .settled(batch, await settle(batch)) }
    case .read:
      guard let source = intake?.source else { preconditionFailure("a flow that cuts has an intake") }
      group.addTask { .read(await read(source)) }
    case .journal(let cut):
      guard let entry = try intake?.packing.pack(cut, at: clock.now()) else {
        preconditionFailure("a flow that cuts has an intake")
      }
      try await append(entry, &flow)
    case .append(let entry): try await append(entry, &flow)
    case .wait:
      guard let step = await group.next() else { preconditionFailure("the flow waits for nothing") }
      try handle(step, &flow)
      progress(.advanced(flow.counts, position: await intake?.source.position() ?? 0, size: intake?.source.size))
    case .finish: return false
    }
    return true
  }

  private func handle(_ step: Step, _ flow: inout ImportFlow) throws(ImportStop) {
    switch step {
    case .read(.success(let piece)): flow.read(piece)
    case .read(.failure(let error)): throw ImportStop(.sourceFailed(error))
    case .settled(let batch, .success(let outcome)): flow.settled(batch, outcome)
    case .settled(_, .failure(let stop)): throw stop
    }
  }

  private func append(_ entry: JournalEntry, _ flow: inout ImportFlow) async throws(ImportStop) {
    do throws(AgentJournalError) { try await journal.append(entry) } catch {
      if case .full = error, flow.hadNoRoom(for: entry) { return }
      throw ImportStop(.journalFailed(error))
    }
    flow.journaled(entry.batches, isResent: false)
  }

  private func settle(_ batch: JournaledBatch) async -> Result<BatchOutcome, ImportStop> {
    let outcome: BatchOutcome
    do throws(DeliverBatch.Failure) { outcome = try await deliver(batch) } catch {
      switch error {
      case .rejected(let reason): return .failure(ImportStop(.rejected(reason: reason)))
      case .cancelled: return .failure(ImportStop(.interrupted))
      }
    }
    do throws(AgentJournalError) { try await journal.acknowledge(batch.stream, sequence: batch.sequence) } catch {
      return .failure(ImportStop(.journalFailed(error)))
    }
    return .success(outcome)
  }

  private func read(_ source: any LogSource) async -> Result<[UInt8]?, LogSourceError> {
    do throws(LogSourceError) { return .success(try await source.read()) } catch { return .failure(error) }
  }
}
