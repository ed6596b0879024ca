import Domain

/// Finds out what a query has to look at: for each partition first what its owner has in hand, then the index, in that
/// order, so that events that are committed in between are seen twice rather than not at all (DESIGN section 5).
struct QueryPlanner: Sendable {
  let ports: QueryPorts
  let patience: Duration
  /// Before a partition is asked again.
  let pause: Duration

  init(ports: QueryPorts, budget: QueryBudget) {
    self.ports = ports
    patience = budget.patience
    pause = budget.pause
  }

  func plan(_ request: EventRequest) async throws(EventQueryError) -> QueryPlan {
    let partitions = try await partitions(of: request)
    let parts = await withTaskGroup(of: Result<QueryPlan, EventQueryError>.self) { group in
      for partition in partitions {
        group.addTask {
          do throws(EventQueryError) { return .success(try await part(partition, request)) } catch {
            return .failure(error)
          }
        }
      }
      var parts: [Result<QueryPlan, EventQueryError>] = []
      for await part in group { parts.append(part) }
      return parts
    }
    var plan = QueryPlan()
    plan.partitions = partitions.count
    for part in parts {
      let part = try part.get()
      plan.batches += part.batches
      plan.chunks += part.chunks
      plan.shortfalls += part.shortfalls.filter { !plan.shortfalls.contains($0) }
    }
    return plan
  }

  /// Services that have events which are not in objects yet, and of which partitions that is not known for sure.
  func recentServices(
    of tenant: TenantID
  ) async throws(EventQueryError) -> (Set<ServiceName>, [QueryReport.Shortfall]) {
    let request = EventRequest(tenant: tenant)
    var services: Set<ServiceName> = []
    var shortfalls: [QueryReport.Shortfall] = []
    for partition in try await partitions(of: request) {
      switch await recentEvents(in: partition, request) {
      case .success(let answer):
        services.formUnion(answer.batches.map(\.events.header.stream.service))
        if !answer.isCaughtUp { shortfalls.append(.behind(partition, records: answer.logEnd - answer.end)) }
      case .failure(let error): shortfalls.append(.noOwner(partition, reason: error.reason))
      }
    }
    return (services, shortfalls)
  }

  /// Every partition that any placement ever put the stream on; without a service all there are.
  private func partitions(of request: EventRequest) async throws(EventQueryError) -> [PartitionID] {
    do throws(EventLogError) {
      guard let service = request.service else { return try await ports.log.partitions() }
      let stream = StreamID(tenant: request.tenant, service: service)
      let all = try await ports.log.placements().flatMap { $0.partitions(for: stream) }
      return Set(all).sorted()
    } catch {
      if case .cancelled = error { throw .cancelled }
      throw .unavailable(reason: "the log does not say which partitions there are: \(error)")
    }
  }

  /// How often a partition is asked at most, after pauses that double: within a second in all.
  private static let tries = 5

  /// One partition, asked again while its owner and the index do not stand on the same state, or it has none: it may be moving.
  private func part(_ partition: PartitionID, _ request: EventRequest) async throws(EventQueryError) -> QueryPlan {
    var wait = pause
    for _ in 1..<Self.tries {
      let (plan, isSettled) = try await look(at: partition, request)
      if isSettled { return plan }
      do throws(CancellationError) { try await ports.clock.sleep(for: wait) } catch { throw .cancelled }
      wait = wait * 2
    }
    return try await look(at: partition, request).plan
  }

  private func look(
    at partition: PartitionID, _ request: EventRequest
  ) async throws(EventQueryError) -> (plan: QueryPlan, isSettled: Bool) {
    let recent = await recentEvents(in: partition, request)
    let indexed = try await indexedChunks(in: partition, request)
    return Self.merge(recent, indexed, of: partition, in: request.predicate.range)
  }

  /// What both come to. No I/O, no clock.
  ///
  /// - Parameters:
  ///   - recent: What the owner answered, before `indexed` was read.
  ///   - range: What is asked for.
  static func merge(
    _ recent: Result<RecentAnswer, RecentEventsError>, _ indexed: IndexedChunks, of partition: PartitionID,
    in range: TimeRange
  ) -> (plan: QueryPlan, isSettled: Bool) {
    var plan = QueryPlan()
    plan.chunks = indexed.chunks
    if indexed.generation == nil { plan.shortfalls.append(.indexNotWhole) }
    if indexed.gaps.contains(where: { range.overlaps($0.times) }) {
      plan.shortfalls.append(.gap(partition))
    }
    switch recent {
    case .failure(let error):
      plan.shortfalls.append(.noOwner(partition, reason: error.reason))
      return (plan, error.isSettled)
    case .success(let answer):
      // An index that is not whole makes the answer incomplete as it is; what is recent can be shown all the same.
      let isShown = indexed.generation == nil && (indexed.epoch == nil || indexed.epoch == answer.epoch)
      if !isShown, let reason = mismatch(answer, indexed) {
        plan.shortfalls.append(.outOfStep(partition, reason: reason))
        return (plan, false)
      }
      plan.batches = answer.batches.filter { $0.offset >= indexed.watermark }.map(\.events)
      if !answer.isCaughtUp {
        plan.shortfalls.append(.behind(partition, records: answer.logEnd - answer.end))
      }
      return (plan, true)
    }
  }

  /// Why an owner's answer cannot be merged with what the index says; nil if it can.
  private static func mismatch(_ answer: RecentAnswer, _ indexed: IndexedChunks) -> String? {
    if answer.isProvisional { return "its owner took it over while the index was away" }
    if let epoch = indexed.epoch, epoch != answer.epoch {
      return "its owner reads the log's epoch \(answer.epoch), the index has \(epoch)"
    }
    if answer.gaps != indexed.gaps { return "its owner knows other gaps than the index" }
    if answer.from > indexed.watermark {
      return "its owner stands at \(answer.from), above the index's \(indexed.watermark)"
    }
    return nil
  }

  private func recentEvents(
    in partition: PartitionID, _ request: EventRequest
  ) async -> Result<RecentAnswer, RecentEventsError> {
    do throws(RecentEventsError) {
      return .success(
        try await ports.recents.recent(
          in: partition, tenant: request.tenant, service: request.service, range: request.predicate.range,
          patience: patience))
    } catch { return .failure(error) }
  }

  private func indexedChunks(
    in partition: PartitionID, _ request: EventRequest
  ) async throws(EventQueryError) -> IndexedChunks {
    do throws(ChunkIndexError) {
      return try await ports.index.chunks(
        in: partition, tenant: request.tenant, service: request.service, overlapping: request.predicate.range)
    } catch {
      switch error {
      case .cancelled: throw .cancelled
      // Nothing of it can be read until it is rebuilt: as if it were empty, and without a generation.
      case .corrupt: return IndexedChunks(generation: nil, epoch: nil, watermark: 0, gaps: [], chunks: [])
      default: throw .unavailable(reason: "the index does not answer: \(error)")
      }
    }
  }
}

extension RecentEventsError {
  /// For a report: no internals.
  var reason: String {
    switch self {
    case .noOwner: "nobody owns the partition just now"
    case .stopped(_, let reason): "its owner stopped: \(reason)"
    case .unavailable(let reason): reason
    case .cancelled: "cancelled"
    }
  }

  /// Whether asking again within a second would give the same.
  var isSettled: Bool {
    switch self {
    case .stopped: true
    case .noOwner, .unavailable, .cancelled: false
    }
  }
}
