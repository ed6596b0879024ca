/// Follows files and sends their lines, each exactly once however often it is run and wherever it was interrupted.
///
/// What is cut from a file is in the journal before it is first sent, and is sent again as it is there until it is
/// acknowledged (DESIGN section 4, rule 1). Runs until its task is cancelled; it then reads no more, waits a little for what
/// is under way, and returns. Without a server it reads as much as the spool takes, and waits.
///
/// Memory: a small record for each file, what the spool may have, and one round.
package struct TailEvents: Sendable {
  private let options: TailOptions
  private let run: TailRun

  /// - Parameter progress: Called often, from several tasks at once; returns at once.
  package init(
    files: any LogFiles, journal: any AgentJournal, sink: any BatchSink, clock: any WallClock,
    identifiers: any Identifiers, telemetry: any Telemetry, options: TailOptions,
    progress: @escaping @Sendable (DeliveryProgress) -> Void = { _ in }
  ) {
    self.options = options
    run = TailRun(
      files: files, options: options,
      delivery: TailDelivery(
        tenant: options.tenant, journal: journal, sink: sink, clock: clock, identifiers: identifiers,
        telemetry: telemetry, progress: progress))
  }

  /// - Returns: `.interrupted` after a cancellation, else why it cannot go on.
  package func callAsFunction() async -> DeliveryReport {
    await run.delivery.untilCancelled { stops in await follow(until: stops) }
  }

  private func follow(until stops: AsyncStream<Void>) async -> DeliveryReport {
    let journal = run.delivery.journal
    do throws(AgentJournalError) {
      let flow = TailFlow(
        options, sources: try await journal.sources(), pending: try await journal.pending(),
        at: run.delivery.clock.elapsed())
      return await run(flow, placement: try await journal.placement(), until: stops)
    } catch {
      return DeliveryReport(.journalFailed(error), DeliveryCounts())
    }
  }
}
