import Application
import Domain
import Threads

/// Prints what becomes of each letter of a replay, and counts.
final class ReplayTally: Sendable {
  private struct Counts {
    var accepted = 0
    var before = 0
    var refused = 0
    var needingForce = 0
    var undecodable = 0
  }

  private let counts = Lock(Counts())

  func count(_ letter: DeadLetterReplayed) {
    counts.withLock { counts in
      switch letter.result {
      case .accepted: counts.accepted += 1
      case .acceptedBefore: counts.before += 1
      case .refused: counts.refused += 1
      case .needsForce: counts.needingForce += 1
      case .undecodable: counts.undecodable += 1
      }
    }
  }

  /// Whether every letter is in the log now.
  var isWhole: Bool { counts.withLock { $0.refused + $0.needingForce + $0.undecodable == 0 } }

  /// For standard error.
  var text: String {
    let counts = counts.withLock { $0 }
    var parts = ["\(counts.accepted) accepted"]
    if counts.before > 0 { parts.append("\(counts.before) accepted before") }
    if counts.refused > 0 { parts.append("\(counts.refused) refused again") }
    if counts.needingForce > 0 { parts.append("\(counts.needingForce) may be stored already (--force sends them)") }
    if counts.undecodable > 0 { parts.append("\(counts.undecodable) cannot be decoded by this version") }
    return parts.joined(separator: ", ")
  }

  static func line(_ letter: DeadLetterReplayed) -> String {
    let start = "letter \(letter.number) (\(letter.reason.text)): "
    switch letter.result {
    case .accepted: return start + "accepted"
    case .acceptedBefore(let time): return start + "was accepted at \(RFC3339.text(time)) already, not sent again"
    case .refused(let reason): return start + "refused again, \(reason.text): \(reason.words)"
    case .needsForce: return start + "may be stored already, not sent without --force"
    case .undecodable(let reason): return start + PrintableText.make("cannot be decoded: \(reason)", newline: " ")
    }
  }

  /// As `--output json` shows it. Scripts rely on the names.
  struct Document: Encodable {
    let number: UInt64
    let reason: String
    let tenant: String?
    /// `accepted`, `accepted-before`, `refused`, `needs-force` or `undecodable`.
    let result: String
    let detail: String?

    init(_ letter: DeadLetterReplayed) {
      number = letter.number
      reason = letter.reason.text
      tenant = letter.tenant?.text
      switch letter.result {
      case .accepted: (result, detail) = ("accepted", nil)
      case .acceptedBefore(let time): (result, detail) = ("accepted-before", RFC3339.text(time))
      case .refused(let reason): (result, detail) = ("refused", reason.text)
      case .needsForce: (result, detail) = ("needs-force", nil)
      case .undecodable(let reason): (result, detail) = ("undecodable", reason)
      }
    }
  }
}
