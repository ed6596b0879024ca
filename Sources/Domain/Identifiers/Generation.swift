/// One life of the chunk index, written by a finished rebuild or by `index init`.
///
/// Generations are ordered by when they were begun: the first 64 bits are an ordinal that each rebuild raises above all it
/// has seen, the others are random, so that two rebuilds of the same index that do not know of each other differ.
package struct Generation: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let value: Identifier128

  package init(_ value: Identifier128) { self.value = value }

  /// - Parameter random: Of which half is used.
  package init(ordinal: UInt64, random: Identifier128) {
    value = Identifier128(high: ordinal, low: random.low)
  }

  package var ordinal: UInt64 { value.high }

  /// Of an index that nothing came before.
  package static func first(random: Identifier128) -> Generation { Generation(ordinal: 1, random: random) }

  /// One that is above this.
  package func next(random: Identifier128) -> Generation {
    precondition(ordinal < .max, "there is no generation above \(self)")
    return Generation(ordinal: ordinal + 1, random: random)
  }

  package var description: String { value.description }

  package static func < (left: Generation, right: Generation) -> Bool { left.value < right.value }
}
