/// Whoever cuts batches: an agent's journal (its random id), or the ingestor itself for senders that give none.
package struct ProducerID: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let value: Identifier128

  package init(_ value: Identifier128) { self.value = value }

  package var description: String { value.description }

  package static func < (left: ProducerID, right: ProducerID) -> Bool { left.value < right.value }
}
