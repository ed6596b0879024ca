/// One life of the chunk index, written by a finished rebuild or by `index init`.
package struct Generation: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let value: Identifier128

  package init(_ value: Identifier128) { self.value = value }

  package var description: String { value.description }

  package static func < (left: Generation, right: Generation) -> Bool { left.value < right.value }
}
