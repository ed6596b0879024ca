/// Why a line is not an event.
package struct JSONLineError: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Problem: Hashable, Sendable {
    /// Not one JSON object (RFC 8259).
    case notJSON
    /// A JSON object without a field that an event needs.
    case missing(JSONLineFields.Role)
    /// The field is there, and its value is not what it must be.
    case invalid(JSONLineFields.Role)
  }

  package let problem: Problem
  /// Byte of the line at which it shows, from 1.
  package let column: Int
  /// What was expected, without any text of the line.
  package let reason: String

  package init(_ problem: Problem, at offset: Int, _ reason: String) {
    self.problem = problem
    column = offset + 1
    self.reason = reason
  }

  package var description: String { "column \(column): \(reason)" }
}
