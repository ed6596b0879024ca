import Domain

/// Looks through the sources of a plan, newest first, until the page cannot change any more.
struct PageScan: Sendable {
  let loader: ChunkLoader
  let scan: EventScan

  private var queue = SourceQueue()
  private var page: PageAssembler
  private var kept: KeptChunks
  private var progress: ScanProgress
  /// A source was looked through while the page was full: what it holds below the page's end was not looked at.
  private var hasSkipped = false

  init(
    _ plan: QueryPlan, scan: EventScan, limit: Int, loader: ChunkLoader, budget: QueryBudget, clock: any WallClock,
    deadline: Duration
  ) {
    self.loader = loader
    self.scan = scan
    page = PageAssembler(limit: limit, maximumBytes: budget.pageBytes)
    kept = KeptChunks(limit: budget.openBytes)
    progress = ScanProgress(plan, budget: budget, clock: clock, deadline: deadline)
    for batch in plan.batches { add(.batch(batch), span: batch.timeSpan) }
    for chunk in plan.chunks where scan.mayMatch(severities: chunk.descriptor.severities) {
      add(.chunk(chunk), span: chunk.descriptor.timeSpan)
    }
  }

  var report: QueryReport { progress.report }

  private mutating func add(_ source: ScanSource, span: ClosedRange<Timestamp>?) {
    if let span, scan.mayMatch(span) { queue.push(source) }
  }

  /// - Returns: The page's events, newest first, and whether there may be more behind them.
  mutating func run() async throws(EventQueryError) -> (events: [Event], hasMore: Bool) {
    while let newest = queue.newest, page.wants(newest), let source = queue.pop() {
      if Task.isCancelled { throw .cancelled }
      if let reason = progress.spent(by: "the query") {
        throw .overBudget(reason: "\(reason): narrow the time range or name a service")
      }
      do throws(ScanFailure) { try await look(through: source) } catch {
        if error.isCancelled { throw .cancelled }
        progress.failed(source, reason: error.reason)
      }
    }
    return (page.events, page.hasDropped || hasSkipped || !queue.isEmpty)
  }

  private mutating func look(through source: ScanSource) async throws(ScanFailure) {
    switch source {
    case .batch(let batch): try offer(batch)
    case .chunk(let chunk):
      let (open, bytes) = try await loader.open(chunk)
      progress.opened(chunk, readBytes: bytes)
      let groups = open.directory.groups.filter {
        scan.mayMatch(severities: $0.severities) && scan.mayMatch($0.timeSpan)
      }
      let chunk = kept.keep(open, groups: groups.count)
      for group in groups { queue.push(.group(group, chunk)) }
    case .group(let group, let open):
      defer { kept.release(open) }
      let (rows, bytes) = try await loader.load(group, of: open, scan.search)
      progress.read(bytes)
      if let rows { try offer(rows) } else { progress.scanned(group.rowCount) }
    }
  }

  private mutating func offer(_ rows: some EventRows) throws(ScanFailure) {
    progress.scanned(rows.rowCount)
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
}
