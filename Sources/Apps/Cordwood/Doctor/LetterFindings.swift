import Application
import DiskAdapter
import Domain

/// What is among the dead letters of a data folder.
enum LetterFindings {
  private static let subject = "dead letters"

  /// Blocks while the whole file is read.
  static func finding(in folder: String) -> Finding {
    do throws(DeadLetterQueueError) {
      let survey = try DeadLetterSurvey(folder)
      if let kept = survey?.keptFiles, !kept.isEmpty {
        return .warning(
          subject, "something in \(kept.map { "'\($0)'" }.joined(separator: ", ")) is damaged",
          "look at it, and remove it when it is of no more use")
      }
      return finding(survey?.counts ?? [:])
    } catch {
      switch error {
      case .corrupt(let reason):
        return .error(
          subject, reason, "the next start of the server keeps the file aside and goes on with what is intact")
      case .unavailable(_, let reason), .full(let reason):
        return .error(subject, reason, "let the user who runs the server read '\(folder)'")
      case .cancelled: return .error(subject, "they were not looked at", "run this again")
      }
    }
  }

  private static func finding(_ counts: [DeadLetterReason: Int]) -> Finding {
    if counts.isEmpty { return .ok(subject, "none are held") }
    let reasons = counts.map { (text: $0.key.text, count: $0.value) }.sorted { $0.text < $1.text }
    let total = reasons.reduce(0) { $0 + $1.count }
    return .warning(
      subject, "\(total) are held: \(reasons.map { "\($0.count) \($0.text)" }.joined(separator: ", "))",
      "'cordwood dlq list' shows them; replay what is to be kept, then 'cordwood dlq drop'")
  }
}
