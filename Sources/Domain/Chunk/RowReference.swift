/// One row of one of several batches.
package struct RowReference: Hashable, Sendable {
  package let batch: Int32
  package let row: Int32

  package init(batch: Int, row: Int) {
    self.batch = Int32(batch)
    self.row = Int32(row)
  }
}
