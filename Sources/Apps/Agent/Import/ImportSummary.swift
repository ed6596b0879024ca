import Application
import Composition
import Domain

/// What an import says at its end.
struct ImportSummary {
  /// For standard output.
  let lines: [String]
  /// Why the command fails; nil if all went well.
  let failure: AgentFailure?

  /// - Parameters:
  ///   - name: What the source was given as.
  ///   - stateDirectory: Likewise.
  init(_ report: DeliveryReport, name: String, stateDirectory: String, time: Duration) {
    lines = Self.lines(report, name, stateDirectory, time)
    failure = Self.failure(report, name, stateDirectory)
  }

  private static func lines(
    _ report: DeliveryReport, _ name: String, _ stateDirectory: String, _ time: Duration
  ) -> [String] {
    let counts = report.counts
    if case .complete = report.end, counts.events == 0, counts.resentEvents == 0 {
      guard counts.alreadyImportedLines > 0 else { return ["'\(name)' has no events"] + skipped(counts) }
      return [
        "'\(name)' was imported before: nothing was sent",
        "to import it again, as new events, use another --state-dir than '\(stateDirectory)'",
      ]
    }
    var lines = ["\(counts.acceptedEvents.of("event")) of '\(name)' accepted in \(time.brief)"]
    if counts.resentEvents > 0 { lines.append("  \(counts.resentEvents.grouped) of them sent again from the journal") }
    if counts.alreadyImportedLines > 0 {
      lines.append("  after \(counts.alreadyImportedLines.of("line")) that had been imported before")
    }
    return lines + details(of: counts) + skipped(counts)
  }

  /// What the server did to events, for `generate` too.
  static func details(of counts: DeliveryCounts) -> [String] {
    var lines: [String] = []
    if counts.retimedEvents > 0 {
      let events = counts.retimedEvents.of("event")
      lines.append("  \(events) with an impossible time got the time of receipt; theirs is in original_timestamp")
    }
    let letters = counts.deadLetters.sorted { ($0.value, $1.key.text) > ($1.value, $0.key.text) }
    if !letters.isEmpty {
      let total = letters.reduce(0) { $0 + $1.value }
      let reasons = letters.map { "\($0.key.text) \($0.value.grouped)" }.joined(separator: ", ")
      lines.append("  \(total.of("event")) refused, now in the dead letters: \(reasons)")
    }
    return lines
  }

  private static func skipped(_ counts: DeliveryCounts) -> [String] {
    counts.skippedLines == 0 ? [] : ["  \(counts.skippedLines.of("line")) skipped, being no events"]
  }

  private static func failure(_ report: DeliveryReport, _ name: String, _ stateDirectory: String) -> AgentFailure? {
    switch report.end {
    case .complete: nil
    case .interrupted:
      AgentFailure("interrupted; run the same command again to go on, no event will be there twice")
    case .badLine(let line):
      AgentFailure("'\(name)', \(line)\(hint(for: line)); --skip-bad-lines passes over such lines")
    case .sourceFailed(let error): AgentFailure(error)
    case .journalFailed(let error): AgentFailure(error, folder: stateDirectory)
    case .rejected(let reason): AgentFailure("the server refuses what it is sent: \(reason)")
    }
  }

  /// Which setting helps.
  private static func hint(for line: BadLine) -> String {
    guard case .unreadable(let error) = line.problem else { return "" }
    return switch error.problem {
    case .missing(.timestamp), .invalid(.timestamp): " (--timestamp-field names another field)"
    case .missing(.service): " (--service-field names another field, --service gives one to all such lines)"
    case .missing(.message): " (--message-field names another field)"
    default: ""
    }
  }
}
