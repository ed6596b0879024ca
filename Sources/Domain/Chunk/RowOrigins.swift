/// Which producer, sequence and index each row of a group came from, as runs.
struct RowOrigins: Sendable {
  struct Origin {
    let producer: Int
    let sequence: UInt64
    let index: UInt32
  }

  private struct Run: Sendable {
    let firstRow: Int
    let producer: Int
    let sequence: UInt64
    let firstIndex: UInt32
  }

  private let runs: [Run]

  init(_ column: [UInt8], count: Int, producers: Int) throws(DecodingError) {
    let bytes = column.span
    var cursor = ByteCursor(end: bytes.count)
    var runs: [Run] = []
    var row: UInt64 = 0
    var sequence: UInt64 = 0
    while row < UInt64(count) {
      let producer = try cursor.varint(bytes)
      sequence &+= UInt64(bitPattern: try cursor.zigzag(bytes))
      let index = try cursor.varint(bytes)
      let length = try cursor.varint(bytes)
      guard producer < UInt64(producers), length > 0, length <= UInt64(count) - row,
        index <= UInt64(UInt32.max), index + length <= UInt64(UInt32.max) + 1
      else { throw DecodingError(.malformed, at: cursor.offset, "a run of origins is out of range") }
      runs.append(Run(firstRow: Int(row), producer: Int(producer), sequence: sequence, firstIndex: UInt32(index)))
      row += length
    }
    try ColumnDecoding.expectEnd(cursor, "origins")
    self.runs = runs
  }

  func origin(of row: Int) -> Origin {
    var low = 0
    var high = runs.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if runs[middle].firstRow <= row { low = middle } else { high = middle - 1 }
    }
    let run = runs[low]
    return Origin(
      producer: run.producer, sequence: run.sequence, index: run.firstIndex + UInt32(row - run.firstRow))
  }
}
