import Domain

/// Sends the events of an invented system, at a rate or as fast as the server takes them: for trying out and for load tests.
///
/// Nothing is journaled: each run is a producer of its own, and what is under way when it ends may be there or not. Memory
/// is bounded by the batches under way.
package struct GenerateEvents: Sendable {
  private enum Step: Sendable {
    case tick
    case settled(JournaledBatch, Result<BatchOutcome, DeliverBatch.Failure>)
  }

  private let sink: any BatchSink
  private let clock: any WallClock
  private let identifiers: any Identifiers
  private let producer: ProducerID
  private let options: GeneratorOptions
  private let deliver: DeliverBatch
  private let progress: @Sendable (DeliveryProgress) -> Void

  /// - Parameter progress: Called often, from several tasks at once; returns at once.
  package init(
    sink: any BatchSink, clock: any WallClock, identifiers: any Identifiers, options: GeneratorOptions,
    progress: @escaping @Sendable (DeliveryProgress) -> Void = { _ in }
  ) {
    self.sink = sink
    self.clock = clock
    self.options = options
    self.progress = progress
    self.identifiers = identifiers
    producer = ProducerID(identifiers.next())
    deliver = DeliverBatch(sink: sink, clock: clock, identifiers: identifiers, progress: progress)
  }

  /// Runs until the count is reached or the task is cancelled.
  package func callAsFunction() async -> DeliveryReport {
    let terms: IngestTerms
    do throws(DeliveryStop) { terms = try await deliver.terms(for: options.tenant) } catch {
      return DeliveryReport(error.end, DeliveryCounts())
    }
    return await withTaskGroup(of: Step.self) { group in
      var flow = GenerateFlow(options, start: clock.elapsed())
      var packing = BatchPacking(
        tenant: options.tenant, producer: producer, placement: terms.placementVersion, acceptsAnyAge: false,
        terms: terms, sink: sink, identifiers: identifiers)
      do throws(DeliveryStop) {
        while try await advance(&flow, &packing, &group) {
          if Task.isCancelled { throw DeliveryStop(.interrupted) }
        }
        return DeliveryReport(.complete, flow.counts)
      } catch {
        group.cancelAll()
        return DeliveryReport(error.end, flow.counts)
      }
    }
  }

  /// One action; false when it was the last.
  private func advance(
    _ flow: inout GenerateFlow, _ packing: inout BatchPacking, _ group: inout TaskGroup<Step>
  ) async throws(DeliveryStop) -> Bool {
    switch flow.next(now: clock.now(), elapsed: clock.elapsed()) {
    case .send(let batch): group.addTask { .settled(batch, await settle(batch)) }
    case .encode(let batches): flow.enqueue(try packing.pack(batches, at: clock.now()))
    case .startTick: group.addTask { await tick() }
    case .wait:
      guard let step = await group.next() else { preconditionFailure("the flow waits for nothing") }
      switch step {
      case .tick: flow.ticked()
      case .settled(let batch, .success(let outcome)):
        flow.settled(batch, outcome)
        progress(.advanced(flow.counts, position: 0, size: nil))
      case .settled(_, .failure(let failure)): throw DeliveryStop(failure: failure)
      }
    case .finish: return false
    }
    return true
  }

  private func settle(_ batch: JournaledBatch) async -> Result<BatchOutcome, DeliverBatch.Failure> {
    do throws(DeliverBatch.Failure) { return .success(try await deliver(batch)) } catch { return .failure(error) }
  }

  /// A cancelled tick is over early; the flow is not asked again then.
  private func tick() async -> Step {
    do throws(CancellationError) { try await clock.sleep(for: Pacing.tick) } catch { return .tick }
    return .tick
  }
}
