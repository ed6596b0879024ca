/// The attributes of a group's rows: still encoded, and decoded for the rows that are shown.
struct RowAttributes: Sendable {
  private let bytes: [UInt8]
  private let ends: [UInt32]
  /// Where the encoded attributes begin in `bytes`.
  private let start: Int
  /// Row at which each run of a resource ends.
  private let resourceRuns: [(end: Int, resource: Int)]

  init(_ column: [UInt8], count: Int, resources: Int) throws(DecodingError) {
    let span = column.span
    var cursor = ByteCursor(end: span.count)
    var runs: [(end: Int, resource: Int)] = []
    var row: UInt64 = 0
    while true {
      let resource = try cursor.varint(span)
      let length = try cursor.varint(span)
      if length == 0 { break }
      guard resource < UInt64(resources), length <= UInt64(count) - row else {
        throw DecodingError(.malformed, at: cursor.offset, "a run of resources is out of range")
      }
      row += length
      runs.append((end: Int(row), resource: Int(resource)))
    }
    guard row == UInt64(count) else {
      throw DecodingError(.malformed, at: cursor.offset, "resources for \(row) of \(count) rows")
    }
    ends = try ColumnDecoding.ends(span, at: &cursor, count: count, total: nil)
    guard Int(ends.last ?? 0) == cursor.remaining else {
      throw DecodingError(.malformed, at: cursor.offset, "attributes do not fill their space")
    }
    start = cursor.offset
    resourceRuns = runs
    bytes = column
  }

  func attributes(at row: Int) throws(DecodingError) -> [Attribute] {
    let first = row == 0 ? 0 : Int(ends[row - 1])
    return try AttributeEncoding.attributes(bytes.span.extracting((start + first)..<(start + Int(ends[row]))))
  }

  func resource(at row: Int) -> Int {
    var low = 0
    var high = resourceRuns.count - 1
    while low < high {
      let middle = (low + high) / 2
      if resourceRuns[middle].end <= row { low = middle + 1 } else { high = middle }
    }
    return resourceRuns[low].resource
  }
}
