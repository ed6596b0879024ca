import Domain

/// What following has to do with the journal and the server, whatever is followed.
struct TailDelivery: Sendable {
  /// Before a server is asked again that refused for good: an operator may change its mind, or its settings.
  private static let rejectionPause = Duration.seconds(30)
  /// How often figures are told.
  private static let figuresInterval = Duration.milliseconds(500)

  let tenant: TenantID
  let journal: any AgentJournal
  let sink: any BatchSink
  private let identifiers: any Identifiers
  let clock: any WallClock
  let telemetry: any Telemetry
  let progress: @Sendable (DeliveryProgress) -> Void
  private let deliver: DeliverBatch

  init(
    tenant: TenantID, journal: any AgentJournal, sink: any BatchSink, clock: any WallClock,
    identifiers: any Identifiers, telemetry: any Telemetry,
    progress: @escaping @Sendable (DeliveryProgress) -> Void
  ) {
    self.tenant = tenant
    self.journal = journal
    self.sink = sink
    self.identifiers = identifiers
    self.clock = clock
    self.telemetry = telemetry
    self.progress = progress
    deliver = DeliverBatch(sink: sink, clock: clock, identifiers: identifiers) { told in
      if case .retrying(let reason, _) = told { telemetry.record(.sendingRetried(reason: reason)) }
      progress(told)
    }
  }

  /// Runs `work` in a task of its own: a cancellation is a request to stop, and what is under way can still be settled.
  ///
  /// - Parameter work: Is told by a yield that it is to stop.
  func untilCancelled(
    _ work: @escaping @Sendable (_ stops: AsyncStream<Void>) async -> DeliveryReport
  ) async -> DeliveryReport {
    let (stops, stop) = AsyncStream.makeStream(of: Void.self)
    let task = Task { await work(stops) }
    return await withTaskCancellationHandler {
      await task.value
    } onCancel: {
      stop.yield()
    }
  }

  /// What events are cut by, going on behind what the journal has.
  func cutting(_ options: TailOptions, _ terms: IngestTerms) async throws(DeliveryStop) -> TailCutting {
    do throws(AgentJournalError) {
      let placement = try await journal.placement(orFixedAt: terms.placementVersion)
      let packing = BatchPacking(
        tenant: tenant, producer: journal.producer, placement: placement, acceptsAnyAge: false, terms: terms,
        sink: sink, identifiers: identifiers, nextSequences: try await journal.nextSequences())
      return TailCutting(cutter: TurnCutter(options, limits: CutLimits(terms)), packing: packing)
    } catch {
      throw DeliveryStop(.journalFailed(error))
    }
  }

  /// Asks the journal again to keep what it refused.
  func append(_ outbox: inout TailOutbox) async throws(DeliveryStop) {
    let entries = outbox.refused
    let refusal = await journal.keep(entries)
    try check(refusal, outbox)
    outbox.appended(entries, refusal: refusal, at: clock.elapsed())
  }

  /// A journal that has no room, or cannot write now, is asked again; any other refusal ends the run.
  func check(_ refusal: AgentJournalError?, _ outbox: TailOutbox) throws(DeliveryStop) {
    switch refusal {
    case nil: return
    case .full where !outbox.isSpoolEmpty: return
    case .unavailable(let reason): telemetry.record(.trouble(area: "journal", reason: reason))
    case .full(let bytes, let limit): throw DeliveryStop(.journalFailed(.full(bytes: bytes, limit: limit)))
    case .inUse(let path): throw DeliveryStop(.journalFailed(.inUse(path: path)))
    case .corrupt(let reason): throw DeliveryStop(.journalFailed(.corrupt(reason: reason)))
    case .rejected(let reason): throw DeliveryStop(.journalFailed(.rejected(reason: reason)))
    }
  }

  /// What the server takes, as soon as one says so.
  func connect() async -> Result<IngestTerms, DeliveryStop> {
    while true {
      do throws(DeliveryStop) { return .success(try await deliver.terms(for: tenant)) } catch {
        guard case .rejected(let reason) = error.end, await pause(afterRejection: reason, of: nil) else {
          return .failure(error)
        }
      }
    }
  }

  /// Sends a batch until it is acknowledged, and notes that.
  func settle(_ batch: JournaledBatch) async -> Result<BatchOutcome, DeliveryStop> {
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

  func settled(_ batch: JournaledBatch, _ outcome: BatchOutcome, _ outbox: inout TailOutbox) {
    outbox.settled(batch, outcome)
    tell(outcome, of: batch)
    progress(.advanced(outbox.counts, position: 0, size: nil))
  }

  /// Whether figures are to be told now, by their `next` time, which it moves on.
  func areFiguresDue(_ next: inout Duration) -> Bool {
    let now = clock.elapsed()
    guard now >= next else { return false }
    next = now + Self.figuresInterval
    return true
  }

  /// Counts the events that became dead letters.
  private func tell(_ outcome: BatchOutcome, of batch: JournaledBatch) {
    var letters: [DeadLetterReason: Int] = [:]
    switch outcome {
    case .accepted(_, _, let rejections):
      for rejection in rejections { letters[.event(rejection.reason), default: 0] += 1 }
    case .deadLettered(let reason): letters[reason] = batch.eventCount
    case .retryAfter: break
    }
    for (reason, count) in letters {
      telemetry.record(.eventsDeadLettered(tenant: tenant, reason: reason, count: count))
    }
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
