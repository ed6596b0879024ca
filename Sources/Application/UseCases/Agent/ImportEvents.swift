import Domain

/// Sends the events of a source to the ingestor, each exactly once however often it is run and wherever it was interrupted.
///
/// What is cut from the source is in the journal before it is first sent, and is sent again as it is there until it is
/// acknowledged; what was acknowledged is passed over (DESIGN section 4, rule 1). Cancelling the task stops it at once, and
/// the next run goes on from there.
package struct ImportEvents: Sendable {
  private let journal: any AgentJournal
  private let sink: any BatchSink
  private let identifiers: any Identifiers
  private let options: ImportOptions
  private let progress: @Sendable (DeliveryProgress) -> Void
  private let deliver: DeliverBatch
  private let delivery: ImportDelivery

  /// - Parameter progress: Called often, from several tasks at once; returns at once.
  package init(
    journal: any AgentJournal, sink: any BatchSink, clock: any WallClock, identifiers: any Identifiers,
    options: ImportOptions, progress: @escaping @Sendable (DeliveryProgress) -> Void = { _ in }
  ) {
    self.journal = journal
    self.sink = sink
    self.identifiers = identifiers
    self.options = options
    self.progress = progress
    deliver = DeliverBatch(sink: sink, clock: clock, identifiers: identifiers, progress: progress)
    delivery = ImportDelivery(journal: journal, clock: clock, deliver: deliver, progress: progress)
  }

  /// - Parameter open: Called again only for a source that begins like another one.
  package func callAsFunction(_ open: @escaping FindSource.Opening) async -> DeliveryReport {
    var counts = DeliveryCounts()
    do throws(DeliveryStop) {
      let terms = try await deliver.terms(for: options.tenant)
      let placement = try await placement(terms)

      // Whatever its source: the oldest batches first, so that the server's windows still reach them.
      var rest = ImportFlow(options.window)
      rest.journaled(try await pendingBatches(), isResent: true)
      let resent = await delivery.run(rest)
      counts = resent.counts
      guard case .complete = resent.end else { return resent }

      let found = try await FindSource(tenant: options.tenant, journal: journal, open: open, progress: progress)()
      counts.alreadyImportedLines = found.skipped.lines
      let packing = BatchPacking(
        tenant: options.tenant, producer: journal.producer, placement: placement, acceptsAnyAge: true, terms: terms,
        sink: sink, identifiers: identifiers, nextSequences: try await nextSequences())
      let flow = ImportFlow(options.window, counts: counts, cutter: cutter(for: found, terms))
      return await delivery.run(flow, from: ImportIntake(source: found.source, id: found.id, packing: packing))
    } catch {
      return DeliveryReport(error.end, counts)
    }
  }

  private func cutter(for found: FoundSource, _ terms: IngestTerms) -> BatchCutter {
    let scanner = JSONLineScanner(fields: options.fields, defaultService: options.defaultService)
    var cutter = BatchCutter(
      scanner, limits: CutLimits(terms), skipsBadLines: options.skipsBadLines, start: found.skipped)
    for piece in found.unread { cutter.feed(piece) }
    return cutter
  }

  /// The version that the journal's batches have always had.
  private func placement(_ terms: IngestTerms) async throws(DeliveryStop) -> UInt32 {
    do throws(AgentJournalError) {
      return try await journal.placement(orFixedAt: terms.placementVersion)
    } catch {
      throw DeliveryStop(.journalFailed(error))
    }
  }

  private func pendingBatches() async throws(DeliveryStop) -> [JournaledBatch] {
    do throws(AgentJournalError) { return try await journal.pending().flatMap(\.batches) } catch {
      throw DeliveryStop(.journalFailed(error))
    }
  }

  private func nextSequences() async throws(DeliveryStop) -> [StreamID: UInt64] {
    do throws(AgentJournalError) { return try await journal.nextSequences() } catch {
      throw DeliveryStop(.journalFailed(error))
    }
  }
}
