/// What is wrong with a pattern that takes attributes from file names.
package enum FileNamePatternError: Error, Hashable, Sendable, CustomStringConvertible {
  case nothingNamed(pattern: String)
  case unclosed(pattern: String)
  /// Empty, or with a character that is none of letters, digits, `_`, `-` and `.`.
  case unsuitableName(pattern: String, name: String)
  case namedTwice(pattern: String, name: String)
  /// Where one ends and the next begins cannot be told.
  case adjacent(pattern: String, name: String)

  package var description: String {
    switch self {
    case .nothingNamed(let pattern):
      "the file name pattern '\(pattern)' names nothing: write '{service}' or another name in braces"
    case .unclosed(let pattern):
      "the file name pattern '\(pattern)' has a '{' or '[' that is not closed: write '\\{' for the character itself"
    case .unsuitableName(let pattern, let name):
      "'{\(name)}' in the file name pattern '\(pattern)' is no name: use letters, digits, '_', '-' and '.'"
    case .namedTwice(let pattern, let name): "the file name pattern '\(pattern)' has '{\(name)}' twice"
    case .adjacent(let pattern, let name):
      "'{\(name)}' in the file name pattern '\(pattern)' follows another name: put the character between that tells them apart"
    }
  }
}
