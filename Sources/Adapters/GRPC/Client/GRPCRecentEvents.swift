package import Application
package import Domain
package import Transport

/// Asks the processors about recent events over `cordwood.processor.v1`, and finds them by `ProcessorDirectory`.
///
/// Of several that claim a partition the later owner is asked first, then the others; then the directory is asked again, since
/// the partition may have moved. `close` must be called and awaited before the loop is stopped; afterwards all questions
/// throw `.cancelled`.
package final class GRPCRecentEvents: RecentEvents {
  /// A claim that was asked already.
  private struct Claim: Hashable {
    let processor: Identifier128
    let since: Timestamp?
  }

  private let configuration: GRPCRecentEventsConfiguration
  private let lookup: ProcessorLookup
  private let connections: ProcessorConnections
  private let clock: any WallClock

  /// - Parameter loop: Carries the connections; started, and stopped only after `close`.
  package init(
    configuration: GRPCRecentEventsConfiguration, directory: any ProcessorDirectory, loop: EventLoop,
    clock: any WallClock
  ) {
    self.configuration = configuration
    self.clock = clock
    lookup = ProcessorLookup(directory: directory, deadline: configuration.lookupDeadline, clock: clock)
    connections = ProcessorConnections(configuration: configuration, loop: loop, clock: clock)
  }

  /// - Throws: `.noOwner` if nobody claims the partition or all who do say that they do not own it; `.unavailable` if one
  ///   who claims it cannot be asked, or nothing came within patience and margin.
  package func recent(
    in partition: PartitionID, tenant: TenantID, service: ServiceName?, range: TimeRange, patience: Duration
  ) async throws(RecentEventsError) -> RecentAnswer {
    let question = RecentQuestion(
      partition: partition, tenant: tenant, service: service, range: range, patience: max(patience, .zero))
    let limit = question.patience + configuration.margin
    let answer = await clock.result(within: limit) { [self] () async -> Result<RecentAnswer, RecentEventsError> in
      do throws(RecentEventsError) { return .success(try await find(question)) } catch { return .failure(error) }
    }
    if Task.isCancelled { throw .cancelled }
    guard let answer else {
      throw .unavailable(reason: "no answer about partition \(partition) within \(limit)")
    }
    return try answer.get()
  }

  /// Ends all questions and connections; whoever waits gets `.cancelled`.
  package func close() async {
    await lookup.close()
    await connections.close()
  }

  /// How many connections are kept.
  var connectionCount: Int { get async { await connections.count } }

  private func find(_ question: RecentQuestion) async throws(RecentEventsError) -> RecentAnswer {
    let partition = question.partition
    var refusals = RecentRefusals()
    var asked: Set<Claim> = []
    var firstAsked: Duration?
    for age in [configuration.lookupLifetime, configuration.lookupPause] {
      let listing = try await lookup.claimants(of: partition, notOlderThan: age)
      if let trouble = listing.trouble { refusals.note(.unavailable(reason: trouble)) }
      for processor in listing.claimants {
        let claim = Claim(processor: processor.processor, since: processor.partitions[partition])
        guard asked.insert(claim).inserted else { continue }
        // Whoever is asked later has only the patience that the others left.
        let spent = firstAsked.map { clock.elapsed() - $0 } ?? .zero
        firstAsked = firstAsked ?? clock.elapsed()
        var question = question
        question.patience = max(question.patience - spent, .zero)
        do throws(GRPCStatus) { return try await ask(processor, question) } catch {
          if Task.isCancelled { throw .cancelled }
          if await connections.isClosed { throw .cancelled }
          refusals.note(RecentEventsError(error, about: partition, from: processor.address))
        }
      }
    }
    throw refusals.verdict(about: partition)
  }

  private func ask(_ processor: ProcessorEntry, _ question: RecentQuestion) async throws(GRPCStatus) -> RecentAnswer {
    guard let server = ServerAddress(processor.address) else {
      throw GRPCStatus(.unavailable, "the directory has no address of it, expected host:port")
    }
    let call = RecentEventsCall(
      question: question, server: server, secret: configuration.secret,
      timeout: question.patience + configuration.margin, maximumAnswerBytes: configuration.maximumAnswerBytes)
    let (client, isNew) = try await connections.client(for: server)
    do throws(GRPCStatus) { return try await call.answer(on: client) } catch {
      // The processor may have ended a connection that was at rest, or was started anew.
      guard !isNew, !client.isUsable, error.code == .unavailable, !Task.isCancelled else { throw error }
    }
    return try await call.answer(on: try await connections.client(for: server).client)
  }
}
