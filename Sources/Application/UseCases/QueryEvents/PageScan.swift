import Domain

/// Looks through the sources of a plan, newest first, until the page cannot change any more.
struct PageScan: Sendable {
  let loader: ChunkLoader
  let scan: EventScan
  let budget: QueryBudget
  let deadline: Duration
  let clock: any WallClock

  private var queue = SourceQueue()
  private var page: PageAssembler
  private var kept: KeptChunks
  private(set) var report: QueryReport
  private var objectsRead: Set<ObjectKey> = []
  private var objectsFailed: Set<ObjectKey> = []
  private let planned: Set<ObjectKey>
  /// A source was looked through while the page was full: what it holds below the page's end was not looked at.
  private var hasSkipped = false

  init(
    _ plan: QueryPlan, scan: EventScan, limit: Int, loader: ChunkLoader, budget: QueryBudget, clock: any WallClock,
    deadline: Duration
  ) {
    self.loader = loader
    self.scan = scan
    self.budget = budget
    self.clock = clock
    self.deadline = deadline
    page = PageAssembler(limit: limit, maximumBytes: budget.pageBytes)
    kept = KeptChunks(limit: budget.openBytes)
    planned = Set(plan.chunks.map(\.object))
    report = QueryReport()
    report.partitions = plan.partitions
    report.objectsPlanned = planned.count
    report.recentBatches = plan.batches.count
    report.shortfalls = plan.shortfalls
    for batch in plan.batches { add(.batch(batch), span: batch.timeSpan) }
    for chunk in plan.chunks where scan.mayMatch(severities: chunk.descriptor.severities) {
      add(.chunk(chunk), span: chunk.descriptor.timeSpan)
    }
  }

  private mutating func add(_ source: ScanSource, span: ClosedRange<Timestamp>?) {
    if let span, scan.mayMatch(span) { queue.push(source) }
  }

  /// - Returns: The page's events, newest first, and whether there may be more behind them.
  mutating func run() async throws(EventQueryError) -> (events: [Event], hasMore: Bool) {
    while let newest = queue.newest, page.wants(newest), let source = queue.pop() {
      if Task.isCancelled { throw .cancelled }
      try checkBudget()
      do throws(ScanFailure) { try await look(through: source) } catch {
        if error.isCancelled { throw .cancelled }
        fail(source, error.reason)
      }
    }
    report.objectsRead = objectsRead.count
    report.objectsFailed = objectsFailed.count
    report.objectsSkipped = planned.subtracting(objectsRead).subtracting(objectsFailed).count
    return (page.events, page.hasDropped || hasSkipped || !queue.isEmpty)
  }

  private mutating func look(through source: ScanSource) async throws(ScanFailure) {
    switch source {
    case .batch(let batch): try offer(batch)
    case .chunk(let chunk):
      let (open, bytes) = try await loader.open(chunk)
      objectsRead.insert(chunk.object)
      report.bytesRead += bytes
      let groups = open.directory.groups.filter {
        scan.mayMatch(severities: $0.severities) && scan.mayMatch($0.timeSpan)
      }
      let chunk = kept.keep(open, groups: groups.count)
      for group in groups { queue.push(.group(group, chunk)) }
    case .group(let group, let open):
      let (rows, bytes) = try await loader.load(group, of: open, scan.search)
      report.bytesRead += bytes
      kept.release(open)
      if let rows { try offer(rows) } else { report.eventsScanned += group.rowCount }
    }
  }

  private mutating func offer(_ rows: some EventRows) throws(ScanFailure) {
    report.eventsScanned += rows.rowCount
    hasSkipped = hasSkipped || page.floor != nil
    var events: [Event] = []
    var failure: ScanFailure?
    // One more than fits tells whether there are more. One that cannot be read does not hide the others.
    for row in scan.rows(in: rows, floor: page.floor) {
      do throws(DecodingError) { events.append(try rows.event(at: row)) } catch { failure = ScanFailure(error) }
      if events.count > page.limit { break }
    }
    page.offer(events)
    if let failure { throw failure }
  }

  private mutating func fail(_ source: ScanSource, _ reason: String) {
    let object: ObjectKey
    switch source {
    case .batch: return report.shortfalls.append(.recordUnreadable(reason: reason))
    case .chunk(let chunk): object = chunk.object
    case .group(_, let open): object = open.chunk.object
    }
    if objectsFailed.insert(object).inserted { report.shortfalls.append(.objectFailed(object, reason: reason)) }
  }

  private func checkBudget() throws(EventQueryError) {
    if clock.elapsed() > deadline {
      throw .overBudget(reason: "the query took longer than \(budget.time): narrow the time range or name a service")
    }
    if report.bytesRead > budget.readBytes {
      throw .overBudget(
        reason: "the query read more than \(budget.readBytes) bytes: narrow the time range or name a service")
    }
  }
}
