import Domain

/// What a scan has looked through, what it could not read, and whether its budget is spent.
struct ScanProgress: Sendable {
  private let budget: QueryBudget
  private let clock: any WallClock
  private let deadline: Duration
  private var totals = QueryReport()
  private var objectsRead: Set<ObjectKey> = []
  private var objectsFailed: Set<ObjectKey> = []

  /// - Parameter deadline: By `clock.elapsed()`.
  init(_ plan: QueryPlan, budget: QueryBudget, clock: any WallClock, deadline: Duration) {
    self.budget = budget
    self.clock = clock
    self.deadline = deadline
    totals.partitions = plan.partitions
    totals.objectsPlanned = Set(plan.chunks.map(\.object)).count
    totals.recentBatches = plan.batches.count
    totals.shortfalls = plan.shortfalls
  }

  /// Without the duration.
  var report: QueryReport {
    var report = totals
    report.objectsRead = objectsRead.count
    report.objectsFailed = objectsFailed.count
    report.objectsSkipped = report.objectsPlanned - objectsRead.union(objectsFailed).count
    return report
  }

  /// Why no further source may be looked through; nil if one may.
  ///
  /// - Parameter subject: What the reason begins with.
  func spent(by subject: String) -> String? {
    if clock.elapsed() > deadline { return "\(subject) took longer than \(budget.time)" }
    if totals.bytesRead > budget.readBytes { return "\(subject) read more than \(budget.readBytes) bytes" }
    return nil
  }

  mutating func opened(_ chunk: IndexedChunks.Chunk, readBytes: Int) {
    objectsRead.insert(chunk.object)
    totals.bytesRead += readBytes
  }

  mutating func read(_ bytes: Int) { totals.bytesRead += bytes }

  mutating func scanned(_ events: Int) { totals.eventsScanned += events }

  mutating func fellShort(_ shortfall: QueryReport.Shortfall) { totals.shortfalls.append(shortfall) }

  /// An object is named once, however many of its parts cannot be read.
  mutating func failed(_ source: ScanSource, reason: String) {
    let object: ObjectKey
    switch source {
    case .batch: return fellShort(.recordUnreadable(reason: reason))
    case .chunk(let chunk): object = chunk.object
    case .group(_, let open): object = open.chunk.object
    }
    if objectsFailed.insert(object).inserted { fellShort(.objectFailed(object, reason: reason)) }
  }
}
