/// Severities of the level words met so far: a file has a handful, and reading one as a `String` costs more than the rest
/// of the line's numbers.
struct SeverityCache: Sendable {
  /// More words than a sane file has; the oldest is then forgotten.
  private static let limit = 16

  private var known: [(word: [UInt8], severity: Severity)] = []

  mutating func severity(_ word: [UInt8]) -> Severity {
    for entry in known where entry.word == word { return entry.severity }
    let severity = Severity(name: String(repairing: word.span)) ?? .unspecified
    if known.count == Self.limit { known.removeFirst() }
    known.append((word, severity))
    return severity
  }
}
