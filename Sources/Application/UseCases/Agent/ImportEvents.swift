import Domain

/// Sends the events of a source to the ingestor, each exactly once however often it is run and wherever it was interrupted.
///
/// What is cut from the source is in the journal before it is first sent, and is sent again as it is there until it is
/// acknowledged; what was acknowledged is passed over (DESIGN section 4, rule 1). Cancelling the task stops it at once, and
/// the next run goes on from there.
package struct ImportEvents: Sendable {
  private let journal: any AgentJournal
  private let sink: any BatchSink
  private let clock: any WallClock
  private let options: ImportOptions
  private let progress: @Sendable (ImportProgress) -> Void
  private let delivery: ImportDelivery

  /// - Parameter progress: Called often, from several tasks at once; returns at once.
  package init(
    journal: any AgentJournal, sink: any BatchSink, clock: any WallClock, identifiers: any Identifiers,
    options: ImportOptions, progress: @escaping @Sendable (ImportProgress) -> Void = { _ in }
  ) {
    self.journal = journal
    self.sink = sink
    self.clock = clock
    self.options = options
    self.progress = progress
    let deliver = DeliverBatch(sink: sink, clock: clock, identifiers: identifiers) { reason, delay in
      progress(.retrying(reason: reason, after: delay))
    }
    delivery = ImportDelivery(journal: journal, clock: clock, deliver: deliver, progress: progress)
  }

  /// - Parameter open: Called again only for a source that begins like another one.
  package func callAsFunction(_ open: @escaping FindSource.Opening) async -> ImportReport {
    var counts = ImportCounts()
    do throws(ImportStop) {
      progress(.connecting)
      let terms = try await terms()
      let placement = try await placement(terms)

      // Whatever its source: the oldest batches first, so that the server's windows still reach them.
      var rest = ImportFlow(options.window)
      rest.journaled(try await pendingBatches(), isResent: true)
      let resent = await delivery.run(rest)
      counts = resent.counts
      guard case .complete = resent.end else { return resent }

      let found = try await FindSource(tenant: options.tenant, journal: journal, open: open, progress: progress)()
      counts.alreadyImportedLines = found.skipped.lines
      let packing = JournalPacking(
        source: found.id, tenant: options.tenant, producer: journal.producer, placement: placement, terms: terms,
        sink: sink, nextSequences: try await nextSequences())
      let flow = ImportFlow(options.window, counts: counts, cutter: cutter(for: found, terms))
      return await delivery.run(flow, from: ImportIntake(source: found.source, packing: packing))
    } catch {
      return ImportReport(error.end, counts)
    }
  }

  private func cutter(for found: FoundSource, _ terms: IngestTerms) -> BatchCutter {
    let scanner = JSONLineScanner(fields: options.fields, defaultService: options.defaultService)
    var cutter = BatchCutter(
      scanner, limits: CutLimits(terms), skipsBadLines: options.skipsBadLines, start: found.skipped)
    for piece in found.unread { cutter.feed(piece) }
    return cutter
  }

  private func terms() async throws(ImportStop) -> IngestTerms {
    var delay = RetryDelay()
    while true {
      do throws(BatchSinkError) { return try await sink.terms(for: options.tenant) } catch {
        switch error {
        case .rejected(let reason): throw ImportStop(.rejected(reason: reason))
        case .cancelled: throw ImportStop(.interrupted)
        case .unavailable(let retryAfter, let reason):
          let wait = delay.next(asked: retryAfter, random: 0)
          progress(.retrying(reason: reason, after: wait))
          do throws(CancellationError) { try await clock.sleep(for: wait) } catch { throw ImportStop(.interrupted) }
        }
      }
    }
  }

  /// The version that the journal's batches have always had.
  private func placement(_ terms: IngestTerms) async throws(ImportStop) -> UInt32 {
    do throws(AgentJournalError) {
      if let known = try await journal.placement() { return known }
      try await journal.fixPlacement(terms.placementVersion)
      return terms.placementVersion
    } catch {
      throw ImportStop(.journalFailed(error))
    }
  }

  private func pendingBatches() async throws(ImportStop) -> [JournaledBatch] {
    do throws(AgentJournalError) { return try await journal.pending().flatMap(\.batches) } catch {
      throw ImportStop(.journalFailed(error))
    }
  }

  private func nextSequences() async throws(ImportStop) -> [StreamID: UInt64] {
    do throws(AgentJournalError) { return try await journal.nextSequences() } catch {
      throw ImportStop(.journalFailed(error))
    }
  }
}
