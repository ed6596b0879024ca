/// One thing that was looked at, and how it stands.
struct Finding: Hashable, Sendable {
  enum Grade: String, Codable, Comparable, Sendable {
    case ok
    /// It works, and a person should know.
    case warning
    /// It does not work, or not for long.
    case error

    static func < (left: Grade, right: Grade) -> Bool { left.rank < right.rank }

    private var rank: Int {
      switch self {
      case .ok: 0
      case .warning: 1
      case .error: 2
      }
    }
  }

  let grade: Grade
  /// One or two words: `free space`.
  let subject: String
  /// What is the case.
  let text: String
  /// What to do about it; nil where all is well.
  let advice: String?

  static func ok(_ subject: String, _ text: String) -> Finding {
    Finding(grade: .ok, subject: subject, text: text, advice: nil)
  }

  static func warning(_ subject: String, _ text: String, _ advice: String) -> Finding {
    Finding(grade: .warning, subject: subject, text: text, advice: advice)
  }

  static func error(_ subject: String, _ text: String, _ advice: String) -> Finding {
    Finding(grade: .error, subject: subject, text: text, advice: advice)
  }
}
