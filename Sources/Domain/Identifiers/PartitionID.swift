/// One partition of the log: the unit of consistency. Counted from 0.
package struct PartitionID: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let number: Int

  package init(_ number: Int) {
    precondition(number >= 0, "partitions are counted from 0")
    self.number = number
  }

  package var description: String { String(number) }

  package static func < (left: PartitionID, right: PartitionID) -> Bool { left.number < right.number }
}
