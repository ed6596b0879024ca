/// What the user wrote and cannot be meant. Ends the program with `ExitCode.wrongUsage`.
package struct UsageError: Error, Equatable, CustomStringConvertible {
  /// At least one, each a line that names the key, the value and what was expected. All that were found, so that one
  /// correction is enough.
  package let problems: [String]

  package init(_ problems: String...) {
    self.problems = problems
  }

  init(problems: [String]) {
    precondition(!problems.isEmpty, "a usage error without a problem")
    self.problems = problems
  }

  package var description: String { problems.joined(separator: "\n") }
}
