/// Counts the events that fit into a histogram, and says what it takes: mostly not the events themselves.
package struct EventCount: Sendable {
  /// What has to be known of rows, beyond their number, to count them.
  package struct Columns: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let times = Columns(rawValue: 1)
    package static let severities = Columns(rawValue: 2)
    package static let messages = Columns(rawValue: 4)
    package static let traces = Columns(rawValue: 8)
  }

  package let predicate: EventPredicate
  /// For the text that messages must hold; nil if any will do.
  package let search: SubstringSearch?
  package private(set) var histogram: Histogram

  package init(_ predicate: EventPredicate, into buckets: HistogramBuckets) {
    self.predicate = predicate
    search = predicate.contains.isEmpty ? nil : SubstringSearch(predicate.contains)
    histogram = Histogram(buckets)
  }

  /// What must be read of rows that lie in `span` and have these severities (bit n: number n).
  ///
  /// - Returns: Nil if none of them can fit; nothing if all of them do and belong into one place, so that `add` takes their
  ///   number.
  package func columns(of span: ClosedRange<Timestamp>, severities: UInt32) -> Columns? {
    let wanted = predicate.severityBits
    guard predicate.range.overlaps(span), severities & wanted != 0 else { return nil }
    var columns: Columns = []
    let isInside = predicate.range.contains(span.lowerBound) && predicate.range.contains(span.upperBound)
    let buckets = histogram.buckets
    if !isInside || buckets.index(of: span.lowerBound) != buckets.index(of: span.upperBound) {
      columns.insert(.times)
    }
    if severities & ~wanted != 0 || !Histogram.isOneClass(severities) { columns.insert(.severities) }
    if search != nil { columns.insert(.messages) }
    if predicate.traceID != nil { columns.insert(.traces) }
    return columns
  }

  /// Counts rows of which `columns(of:severities:)` wants nothing to be read.
  package mutating func add(_ rows: Int, at time: Timestamp, severities: UInt32) {
    histogram.add(
      rows, in: histogram.buckets.index(of: time), severity: UInt8(severities.trailingZeroBitCount))
  }

  /// Counts those of some rows that fit.
  package mutating func add(_ rows: some MatchableRows) {
    var bucket = Bucket(histogram.buckets)
    if let search {
      for row in rows.rows(holding: search) { add(rows, row, &bucket) }
    } else {
      for row in 0..<rows.rowCount { add(rows, row, &bucket) }
    }
  }

  private mutating func add(_ rows: some MatchableRows, _ row: Int, _ bucket: inout Bucket) {
    let time = rows.timestamp(at: row)
    let severity = rows.severityNumber(at: row)
    guard predicate.range.contains(time), predicate.severities.contains(severity) else { return }
    if let trace = predicate.traceID, rows.traceID(at: row) != trace { return }
    histogram.add(1, in: bucket.index(of: time), severity: severity)
  }

  /// The bucket of the row before, in which the next one mostly is, too: a comparison instead of a division.
  private struct Bucket {
    private let buckets: HistogramBuckets
    private var start: Int64
    private var index = 0

    init(_ buckets: HistogramBuckets) {
      self.buckets = buckets
      start = buckets.start.nanoseconds
    }

    mutating func index(of time: Timestamp) -> Int {
      if UInt64(bitPattern: time.nanoseconds &- start) >= buckets.width {
        index = buckets.index(of: time)
        start = buckets.start(of: index).nanoseconds
      }
      return index
    }
  }
}
