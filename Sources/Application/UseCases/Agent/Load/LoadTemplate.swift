import Domain

/// A message with variables: `order {order} created for {user}`.
struct LoadTemplate: Sendable {
  private struct Part: Sendable {
    let text: [UInt8]
    let variable: LoadVariable?
  }

  private let parts: [Part]

  /// Traps on a variable that does not exist: templates are ours.
  init(_ pattern: StaticString) {
    parts = "\(pattern)".split(separator: "{", omittingEmptySubsequences: false).enumerated().flatMap {
      index, piece -> [Part] in
      guard index > 0 else { return [Part(text: Array(piece.utf8), variable: nil)] }
      let halves = piece.split(separator: "}", omittingEmptySubsequences: false)
      guard halves.count == 2, let variable = LoadVariable(rawValue: String(halves[0])) else {
        preconditionFailure("a template has '{\(piece)'")
      }
      return [Part(text: [], variable: variable), Part(text: Array(halves[1].utf8), variable: nil)]
    }.filter { !$0.text.isEmpty || $0.variable != nil }
  }

  func append(to text: inout [UInt8], _ random: inout LoadRandom) {
    for part in parts {
      if let variable = part.variable { variable.append(to: &text, &random) } else { text.append(part.text.span) }
    }
  }
}
