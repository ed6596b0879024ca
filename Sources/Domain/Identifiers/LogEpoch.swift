/// One life of a partition's log: offsets are comparable within an epoch only.
package struct LogEpoch: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let value: Identifier128

  package init(_ value: Identifier128) { self.value = value }

  package var description: String { value.description }

  package static func < (left: LogEpoch, right: LogEpoch) -> Bool { left.value < right.value }
}
