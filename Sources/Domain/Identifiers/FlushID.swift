/// One flush: what the owner of a partition wrote for a range of offsets. Random, never used twice.
package struct FlushID: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let value: Identifier128

  package init(_ value: Identifier128) { self.value = value }

  package var description: String { value.description }

  package static func < (left: FlushID, right: FlushID) -> Bool { left.value < right.value }
}
