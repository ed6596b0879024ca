package import Domain

/// Takes batches: decides once, before the log, what is valid, and acknowledges what the log has durably.
///
/// What breaks a rule for good goes to the dead letters first; the rest of the batch is appended as one record.
package struct IngestBatches: EventIngest {
  private let ports: IngestPorts
  private let configuration: IngestConfiguration
  private let anonymous: AnonymousProducers
  private let census: StreamCensus

  package init(ports: IngestPorts, configuration: IngestConfiguration) {
    self.ports = ports
    self.configuration = configuration
    anonymous = AnonymousProducers(identifiers: ports.identifiers)
    census = StreamCensus(index: ports.index, limit: configuration.maximumStreams)
  }

  package func terms(for tenant: TenantID) async throws(EventIngestError) -> IngestTerms {
    IngestTerms(
      maximumBatchBytes: configuration.maximumBatchBytes,
      maximumSingleEventBatchBytes: configuration.maximumSingleEventBatchBytes, eventLimits: configuration.eventLimits,
      placementVersion: try await placements().last?.version ?? 0)
  }

  package func ingest(_ submission: BatchSubmission) async throws(EventIngestError) -> BatchOutcome {
    let start = ports.clock.elapsed()
    let tenant = submission.stream.tenant
    if !submission.isReplay { try checkSize(submission) }
    let placement = try await placement(submission)
    let eventCount = submission.events.count + submission.rejections.count
    if case .refused(let wait) = await ports.limiter.admit(tenant, events: eventCount, bytes: submission.wireBytes) {
      ports.telemetry.record(.batchDelayed(tenant: tenant, reason: .rateLimited))
      return .retryAfter(wait, reason: "tenant '\(tenant)' sends more than its limit")
    }
    guard let producer = submission.producer else {
      let identity = await anonymous.begin(submission.stream)
      let outcome: Result<BatchOutcome, EventIngestError>
      do throws(EventIngestError) {
        outcome = .success(try await take(submission, identity, placement, since: start))
      } catch {
        outcome = .failure(error)
      }
      await anonymous.end(identity, submission.stream)
      return try outcome.get()
    }
    let identity = AnonymousProducers.Identity(producer: producer, sequence: submission.sequence)
    return try await take(submission, identity, placement, since: start)
  }

  // MARK: Checks

  private func checkSize(_ submission: BatchSubmission) throws(EventIngestError) {
    let isSingle = submission.events.count + submission.rejections.count <= 1
    let limit = isSingle ? configuration.maximumSingleEventBatchBytes : configuration.maximumBatchBytes
    guard submission.wireBytes <= limit else {
      ports.telemetry.record(.batchRefused(tenant: submission.stream.tenant, reason: .tooLarge))
      throw .rejected(
        reason: "a batch of \(submission.wireBytes) bytes is over the limit of \(limit): cut smaller batches")
    }
  }

  private func placements() async throws(EventIngestError) -> [Placement] {
    do throws(EventLogError) { return try await ports.log.placements() } catch {
      if case .closed = error { throw .shuttingDown }
      throw .unavailable(retryAfter: .seconds(1), reason: "the log does not answer: \(error)")
    }
  }

  private func placement(_ submission: BatchSubmission) async throws(EventIngestError) -> Placement {
    let placements = try await placements()
    guard let placement = placements.first(where: { $0.version == submission.placement }) else {
      ports.telemetry.record(.batchRefused(tenant: submission.stream.tenant, reason: .unknownPlacement))
      throw .rejected(
        reason: "placement version \(submission.placement) is not known, versions are 0 to \(placements.count - 1)")
    }
    return placement
  }

  // MARK: Taking

  private func take(
    _ submission: BatchSubmission, _ identity: AnonymousProducers.Identity, _ placement: Placement,
    since start: Duration
  ) async throws(EventIngestError) -> BatchOutcome {
    let received = ports.clock.now()
    let header = BatchHeader(
      stream: submission.stream, producer: identity.producer, sequence: identity.sequence, digest: submission.digest,
      placement: placement.version, firstSent: received.advanced(by: .zero - max(.zero, submission.age)),
      received: received, traceParent: submission.traceParent)
    var events = submission.events
    let rule = RetimingRule(
      received: received, maximumAge: submission.acceptsAnyAge ? nil : configuration.maximumEventAge,
      maximumLead: configuration.maximumEventLead)
    let retimed = rule.apply(to: &events)
    let record = EncodedRecord(header, events)
    guard try await isAdmitted(submission.stream) else {
      if submission.isReplay { return .deadLettered(reason: .tooManyStreams) }
      if let delay = await deadLetter(submission.rejections, header) { return delay }
      return await deadLetter(record, header, .tooManyStreams, events: events.count)
    }
    if !submission.isReplay, let delay = await deadLetter(submission.rejections, header) { return delay }
    if !events.isEmpty, let delay = try await append(record, header, placement) { return delay }
    ports.telemetry.record(
      .batchAccepted(
        tenant: submission.stream.tenant, events: events.count, bytes: submission.wireBytes, retimed: retimed,
        duration: ports.clock.elapsed() - start))
    return .accepted(
      isExactlyOnce: submission.producer != nil, retimed: retimed, deadLetters: submission.rejections)
  }

  private func isAdmitted(_ stream: StreamID) async throws(EventIngestError) -> Bool {
    do throws(ChunkIndexError) { return try await census.admits(stream) } catch {
      throw .unavailable(retryAfter: .seconds(1), reason: "the index does not say which streams there are: \(error)")
    }
  }

  /// - Returns: What to answer if the record is not in the log.
  private func append(
    _ record: EncodedRecord, _ header: BatchHeader, _ placement: Placement
  ) async throws(EventIngestError) -> BatchOutcome? {
    let tenant = header.stream.tenant
    do throws(EventLogError) {
      _ = try await ports.log.append(record, to: placement.partition(for: header.stream, producer: header.producer))
      return nil
    } catch {
      switch error {
      case .full(let wait, let reason):
        ports.telemetry.record(.batchDelayed(tenant: tenant, reason: .logFull))
        return .retryAfter(wait, reason: reason)
      case .unavailable(let wait, let reason):
        ports.telemetry.record(.batchDelayed(tenant: tenant, reason: .logUnavailable))
        return .retryAfter(wait, reason: reason)
      case .setBack(let setback):
        ports.telemetry.record(.batchDelayed(tenant: tenant, reason: .logSetBack))
        return .retryAfter(configuration.setbackRetryAfter, reason: setback.description)
      case .rejected(let reason): throw .rejected(reason: reason)
      case .unknownPartition, .outOfRange, .corrupt:
        throw .unavailable(retryAfter: .seconds(1), reason: "the log cannot take the batch: \(error)")
      case .closed: throw .shuttingDown
      case .cancelled: throw .cancelled
      }
    }
  }

  // MARK: Dead letters

  /// A whole batch.
  private func deadLetter(
    _ record: EncodedRecord, _ header: BatchHeader, _ reason: DeadLetterReason, events: Int
  ) async -> BatchOutcome {
    let letter = DeadLetter(
      id: id(header, index: nil), reason: reason, content: .record(record.bytes), time: header.received,
      tenant: header.stream.tenant, flush: nil)
    if let delay = await keep([letter], header.stream.tenant) { return delay }
    ports.telemetry.record(.eventsDeadLettered(tenant: header.stream.tenant, reason: reason, count: events))
    return .deadLettered(reason: reason)
  }

  /// Single events.
  ///
  /// - Returns: What to answer if they could not be kept.
  private func deadLetter(_ rejections: [EventRejection], _ header: BatchHeader) async -> BatchOutcome? {
    if rejections.isEmpty { return nil }
    let letters = rejections.map { rejection in
      DeadLetter(
        id: id(header, index: rejection.index), reason: .event(rejection.reason), content: .event(rejection.content),
        time: header.received, tenant: header.stream.tenant, flush: nil)
    }
    if let delay = await keep(letters, header.stream.tenant) { return delay }
    for (reason, group) in Dictionary(grouping: rejections, by: \.reason) {
      ports.telemetry.record(
        .eventsDeadLettered(tenant: header.stream.tenant, reason: .event(reason), count: group.count))
    }
    return nil
  }

  private func id(_ header: BatchHeader, index: UInt32?) -> DeadLetterID {
    .batch(
      WindowKey(producer: header.producer, stream: header.stream), sequence: header.sequence, digest: header.digest,
      index: index)
  }

  private func keep(_ letters: [DeadLetter], _ tenant: TenantID) async -> BatchOutcome? {
    do throws(DeadLetterQueueError) {
      try await ports.deadLetters.append(letters)
      return nil
    } catch {
      ports.telemetry.record(.batchDelayed(tenant: tenant, reason: .deadLettersUnavailable))
      if case .full = error {
        return .retryAfter(
          .seconds(5),
          reason: "events of it belong to the dead letters, which have no room: an operator has to make some")
      }
      return .retryAfter(.seconds(1), reason: "the dead letters cannot be kept just now")
    }
  }
}
