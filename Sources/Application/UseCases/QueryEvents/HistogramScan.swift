import Domain

/// Counts what the sources of a plan hold, newest first, until all is counted or the budget is spent.
///
/// Reads as little as it can: of a chunk whose events all belong into one place nothing but what the index knows, of others
/// the directory, and of row groups the columns that tell them apart. Holds one row group at a time. What takes no reading is
/// counted with any budget; an object that is lost counts then, too.
struct HistogramScan: Sendable {
  /// Chunks up to this size are read as a whole: their columns are hardly larger than what a second request costs.
  static let wholeChunkBytes = 64 << 10

  private let loader: ChunkLoader
  /// Newest first.
  private let sources: [(newest: Timestamp, source: ScanSource)]
  private var count: EventCount
  private var progress: ScanProgress

  init(
    _ plan: QueryPlan, count: EventCount, loader: ChunkLoader, budget: QueryBudget, clock: any WallClock,
    deadline: Duration
  ) {
    self.count = count
    self.loader = loader
    let sources = plan.batches.map(ScanSource.batch) + plan.chunks.map(ScanSource.chunk)
    self.sources = sources.map { ($0.newest, $0) }.sorted { $0.newest > $1.newest }
    progress = ScanProgress(plan, budget: budget, clock: clock, deadline: deadline)
  }

  var report: QueryReport { progress.report }

  /// - Returns: The counts, and from when on they are whole, if they are not altogether.
  mutating func run() async throws(EventQueryError) -> (histogram: Histogram, countedFrom: Timestamp?) {
    var countedFrom: Timestamp?
    for (newest, source) in sources {
      if Task.isCancelled { throw .cancelled }
      if countUnread(source) || countedFrom != nil { continue }
      if let reason = progress.spent(by: "counting") {
        progress.fellShort(.overBudget(reason: reason, before: newest))
        countedFrom = newest.advanced(by: .nanoseconds(1))
        continue
      }
      do throws(ScanFailure) { try await look(through: source) } catch {
        if error.isCancelled { throw .cancelled }
        progress.failed(source, reason: error.reason)
      }
    }
    return (count.histogram, countedFrom)
  }

  /// Counts a chunk of which nothing has to be read, or that has no event that fits.
  ///
  /// - Returns: Whether that was all.
  private mutating func countUnread(_ source: ScanSource) -> Bool {
    guard case .chunk(let chunk) = source else { return false }
    let descriptor = chunk.descriptor
    guard let needed = count.columns(of: descriptor.timeSpan, severities: descriptor.severities) else { return true }
    guard needed.isEmpty else { return false }
    count.add(descriptor.eventCount, at: descriptor.timeSpan.lowerBound, severities: descriptor.severities)
    return true
  }

  private mutating func look(through source: ScanSource) async throws(ScanFailure) {
    switch source {
    case .batch(let batch): add(batch)
    case .chunk(let chunk): try await look(through: chunk)
    case .group: preconditionFailure("row groups are looked through with their chunk")
    }
  }

  private mutating func look(through chunk: IndexedChunks.Chunk) async throws(ScanFailure) {
    guard let needed = count.columns(of: chunk.descriptor.timeSpan, severities: chunk.descriptor.severities) else {
      return
    }
    let (open, bytes) = try await loader.open(
      chunk, wholeBytes: needed.contains(.messages) ? ChunkLoader.wholeChunkBytes : Self.wholeChunkBytes)
    progress.opened(chunk, readBytes: bytes)
    // A group that cannot be read hides no other.
    var failure: ScanFailure?
    for group in open.directory.groups {
      if Task.isCancelled { throw ScanFailure(reason: "cancelled", isCancelled: true) }
      do throws(ScanFailure) { try await look(through: group, of: open) } catch {
        if error.isCancelled { throw error }
        failure = error
      }
    }
    if let failure { throw failure }
  }

  private mutating func look(through group: RowGroup, of open: OpenChunk) async throws(ScanFailure) {
    guard let columns = count.columns(of: group.timeSpan, severities: group.severities) else { return }
    if columns.isEmpty { return count.add(group.rowCount, at: group.timeSpan.lowerBound, severities: group.severities) }
    let (rows, bytes) = try await loader.load(columns, of: group, of: open, count.search)
    progress.read(bytes)
    if let rows { add(rows) } else { progress.scanned(group.rowCount) }
  }

  private mutating func add(_ rows: some MatchableRows) {
    progress.scanned(rows.rowCount)
    count.add(rows)
  }
}
