/// Which lines are joined, as it was given.
enum MultilineChoice: Hashable, Sendable {
  case indentation
  /// A regular expression for the first line of each event.
  case start(String)

  var text: String {
    switch self {
    case .indentation: "indentation"
    case .start(let pattern): pattern
    }
  }
}
