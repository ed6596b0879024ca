/// Why a text cannot be a `LinePattern`.
package enum LinePatternError: Error, Hashable, Sendable, CustomStringConvertible {
  case tooLong(bytes: Int, limit: Int)
  /// Repeats written out, nested ones multiplied: compiling it could take seconds.
  case tooLarge(size: Int, limit: Int)
  /// No regular expression, or one with what the engine lacks.
  case invalid(reason: String)
  /// This machine cannot run the engine.
  case unsupported(reason: String)

  package var description: String {
    switch self {
    case .tooLong(let bytes, let limit): "the pattern has \(bytes) bytes, at most \(limit) are allowed"
    case .tooLarge(let size, let limit):
      "the pattern is too large: with its repeats written out it has \(size) characters, at most \(limit) are allowed; use * or + for large counts"
    case .invalid(let reason): "the pattern is not valid: \(reason)"
    case .unsupported(let reason): "regular expressions do not work on this machine: \(reason)"
    }
  }
}
