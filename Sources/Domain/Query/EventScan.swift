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
    predicate.severities == EventPredicate.anySeverity || severities & predicate.severityBits != 0
  }

  /// The rows that fit, newest first, none before `floor` in the order.
  package func rows(in rows: some EventRows, floor: OrderKey?) -> [Int] {
    guard mayMatch(severities: rows.severitiesPresent) else { return [] }
    var found = search.map { rows.rows(holding: $0) } ?? Array(0..<rows.rowCount)
    found.removeAll { !fits(rows, $0, floor) }
    sortNewestFirst(&found, rows)
    return found
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
