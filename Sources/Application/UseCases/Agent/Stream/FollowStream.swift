/// Sends the lines of a stream as they come: of a journal each exactly once, of standard input those that came into the
/// agent's journal.
///
/// What is cut is in the agent's journal before it is first sent, with the stream's cursor, behind which the next run goes
/// on. A stream without cursors cannot be read again: what was read of it and not kept when the agent dies is lost.
/// Runs until the stream ends and all of it is acknowledged, or until its task is cancelled; then it reads no more, keeps
/// what it has, waits a little for what is under way, and returns.
///
/// Memory: what the spool may have, and twice what a round may.
package struct FollowStream: Sendable {
  /// Makes the stream behind a cursor, or at its beginning.
  package typealias Opening = @Sendable (_ cursor: String?) async throws(LogStreamError) -> any LogStream

  private let source: SourceID
  private let open: Opening
  private let options: TailOptions
  private let origin: FileOrigin
  private let delivery: TailDelivery

  /// - Parameters:
  ///   - name: What it is called in the agent's journal and in its events (resource attribute `source`); the same in every
  ///     run. 1 to 4,096 bytes.
  ///   - open: Called again when the stream breaks off and has a cursor.
  ///   - progress: Called often, from several tasks at once; returns at once.
  package init(
    _ name: String, open: @escaping Opening, journal: any AgentJournal, sink: any BatchSink, clock: any WallClock,
    identifiers: any Identifiers, telemetry: any Telemetry, options: TailOptions,
    progress: @escaping @Sendable (DeliveryProgress) -> Void = { _ in }
  ) {
    guard let source = SourceID("stream:\(name)") else {
      preconditionFailure("a stream's name has 4,096 bytes at most")
    }
    self.source = source
    self.open = open
    self.options = options
    origin = FileOrigin(stream: name, options)
    delivery = TailDelivery(
      tenant: options.tenant, journal: journal, sink: sink, clock: clock, identifiers: identifiers,
      telemetry: telemetry, progress: progress)
  }

  /// - Returns: `.complete` at the stream's end, `.interrupted` after a cancellation, else why it cannot go on.
  package func callAsFunction() async -> DeliveryReport {
    await delivery.untilCancelled { stops in await follow(until: stops) }
  }

  private func follow(until stops: AsyncStream<Void>) async -> DeliveryReport {
    let journal = delivery.journal
    do throws(AgentJournalError) {
      // Where it was cut last, acknowledged or not: what lies before is in the journal.
      let end = try await journal.sources().first { $0.id == source }?.end
      let flow = StreamFlow(options, offset: end?.offset ?? 0, pending: try await journal.pending())
      let run = StreamRun(
        source: source, origin: origin,
        reader: StreamReader(open, after: end?.cursor, clock: delivery.clock, telemetry: delivery.telemetry),
        cursor: end?.cursor, options: options, delivery: delivery)
      return await run(flow, placement: try await journal.placement(), until: stops)
    } catch {
      return DeliveryReport(.journalFailed(error), DeliveryCounts())
    }
  }
}
