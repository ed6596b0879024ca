/// Why a process cannot serve, in words for an operator.
package struct ServingFailure: Error, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}
