/// What is wrong with a pattern for paths.
package enum PathPatternError: Error, Hashable, Sendable, CustomStringConvertible {
  case empty
  case unclosedBracket(pattern: String)

  package var description: String {
    switch self {
    case .empty: "a pattern for paths is empty"
    case .unclosedBracket(let pattern):
      "the pattern '\(pattern)' has a '[' without its ']': write '\\[' for a bracket in a name"
    }
  }
}
