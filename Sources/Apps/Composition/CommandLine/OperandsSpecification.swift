/// What may follow the flags of a command.
package struct OperandsSpecification: Sendable {
  /// For the usage line: `FILE|-`, `PATH…`.
  package let placeholder: String
  package let allowed: ClosedRange<Int>
  package let explanation: String

  package init(_ placeholder: String, allowed: ClosedRange<Int>, _ explanation: String) {
    self.placeholder = placeholder
    self.allowed = allowed
    self.explanation = explanation
  }
}
