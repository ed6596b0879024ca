/// Rows of events in columns, as far as it takes to tell whether they fit.
///
/// Messages lie one after the other in `messageStorage`, in the order of the rows.
package protocol MatchableRows {
  var rowCount: Int { get }
  var messageStorage: [UInt8] { get }
  /// Bit n: a row of severity number n may be here.
  var severitiesPresent: UInt32 { get }

  func timestamp(at row: Int) -> Timestamp
  func severityNumber(at row: Int) -> UInt8
  /// Within `messageStorage`.
  func messageRange(at row: Int) -> Range<Int>
  func traceID(at row: Int) -> TraceID?
}

extension MatchableRows {
  /// Rows whose message holds the needle, by one search over all messages as they lie.
  func rows(holding search: SubstringSearch) -> [Int] {
    guard rowCount > 0 else { return [] }
    let storage = messageStorage
    var found: [Int] = []
    let end = messageRange(at: rowCount - 1).upperBound
    var position = messageRange(at: 0).lowerBound
    var row = 0
    while let hit = search.first(in: storage.span.extracting(0..<end), from: position) {
      row = self.row(holding: hit, from: row)
      let range = messageRange(at: row)
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
  private func row(holding offset: Int, from first: Int) -> Int {
    var low = first
    var high = rowCount - 1
    while low < high {
      let middle = (low + high) / 2
      if messageRange(at: middle).upperBound <= offset { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
