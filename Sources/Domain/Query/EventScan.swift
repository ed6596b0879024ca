/// Looks through rows for the events that a page wants.
package struct EventScan: Sendable {
  package let predicate: EventPredicate
  /// Only events before this one in the order: where the page before ended.
  package let below: OrderKey?
  /// For the text that messages must hold; nil if any will do.
  package let search: SubstringSearch?

  package init(_ predicate: EventPredicate, below: OrderKey?) {
    self.predicate = predicate
    self.below = below
    search = predicate.contains.isEmpty ? nil : SubstringSearch(predicate.contains)
  }

  /// Whether a span of times can hold an event that fits.
  package func mayMatch(_ span: ClosedRange<Timestamp>) -> Bool {
    guard predicate.range.overlaps(span) else { return false }
    return below.map { span.lowerBound <= $0.timestamp } ?? true
  }

  /// Whether rows of these severities (bit n: number n) can fit.
  package func mayMatch(severities: UInt32) -> Bool {
    predicate.severities == EventPredicate.anySeverity || severities & wantedSeverities != 0
  }

  /// The rows that fit, newest first, none before `floor` in the order.
  package func rows(in rows: some EventRows, floor: OrderKey?) -> [Int] {
    guard mayMatch(severities: rows.severitiesPresent) else { return [] }
    var found = search.map { candidates(in: rows, $0) } ?? Array(0..<rows.rowCount)
    found.removeAll { !fits(rows, $0, floor) }
    sortNewestFirst(&found, rows)
    return found
  }

  private var wantedSeverities: UInt32 {
    predicate.severities.reduce(0) { $0 | 1 << UInt32($1) }
  }

  private func fits(_ rows: some EventRows, _ row: Int, _ floor: OrderKey?) -> Bool {
    let timestamp = rows.timestamp(at: row)
    guard predicate.range.contains(timestamp) else { return false }
    if let floor, timestamp < floor.timestamp { return false }
    if let below, timestamp > below.timestamp { return false }
    guard predicate.severities.contains(rows.severityNumber(at: row)) else { return false }
    if let trace = predicate.traceID, rows.traceID(at: row) != trace { return false }
    // The whole key only where times are equal: it costs more.
    if let floor, timestamp == floor.timestamp, rows.key(at: row) < floor { return false }
    if let below, timestamp == below.timestamp, !(rows.key(at: row) < below) { return false }
    return true
  }

  /// Rows whose message holds the needle, by one search over all messages as they lie.
  private func candidates(in rows: some EventRows, _ search: SubstringSearch) -> [Int] {
    guard rows.rowCount > 0 else { return [] }
    let storage = rows.messageStorage
    var found: [Int] = []
    let end = rows.messageRange(at: rows.rowCount - 1).upperBound
    var position = rows.messageRange(at: 0).lowerBound
    var row = 0
    while let hit = search.first(in: storage.span.extracting(0..<end), from: position) {
      row = self.row(holding: hit, from: row, rows)
      let range = rows.messageRange(at: row)
      if hit + search.needle.count <= range.upperBound {
        found.append(row)
        position = range.upperBound
      } else {
        position = hit + 1  // it straddles two messages
      }
    }
    return found
  }

  /// The row whose message holds the byte at `offset`, by bisection.
  private func row(holding offset: Int, from first: Int, _ rows: some EventRows) -> Int {
    var low = first
    var high = rows.rowCount - 1
    while low < high {
      let middle = (low + high) / 2
      if rows.messageRange(at: middle).upperBound <= offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func sortNewestFirst(_ found: inout [Int], _ rows: some EventRows) {
    func precedes(_ left: Int, _ right: Int) -> Bool {
      let (a, b) = (rows.timestamp(at: left), rows.timestamp(at: right))
      return a == b ? rows.key(at: left) > rows.key(at: right) : a > b
    }
    // Rows mostly lie oldest first: turned round they are in order, which one pass tells.
    found.reverse()
    let isInOrder = zip(found, found.dropFirst()).allSatisfy { precedes($0, $1) }
    if !isInOrder { found.sort(by: precedes) }
  }
}
