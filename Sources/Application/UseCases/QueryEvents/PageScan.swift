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
      for group in open.directory.groups where scan.mayMatch(severities: group.severities) {
        add(.group(group, open), span: group.timeSpan)
      }
    case .group(let group, let open):
      let (rows, bytes) = try await loader.load(group, of: open, scan.search)
      report.bytesRead += bytes
      if let rows { try offer(rows) } else { report.eventsScanned += group.rowCount }
    }
  }

  private mutating func offer(_ rows: some EventRows) throws(ScanFailure) {
    report.eventsScanned += rows.rowCount
    hasSkipped = hasSkipped || page.floor != nil
    let found = scan.rows(in: rows, limit: page.limit + 1, floor: page.floor)
    var events: [Event] = []
    events.reserveCapacity(found.count)
    for row in found {
      do throws(DecodingError) { events.append(try rows.event(at: row)) } catch { throw ScanFailure(error) }
    }
    page.offer(events)
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
