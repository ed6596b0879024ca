import Application
import Composition

/// What a generator says at its end.
struct GenerateSummary {
  /// For standard output.
  let lines: [String]
  /// Why the command fails; nil if all went well.
  let failure: AgentFailure?

  /// - Parameter isEndless: It was to be interrupted.
  init(_ report: DeliveryReport, isEndless: Bool, time: Duration) {
    let accepted = report.counts.acceptedEvents
    let rate = Int(Double(accepted) / max(time / .seconds(1), 0.001))
    lines =
      ["\(accepted.of("event")) accepted in \(time.brief), \(rate.grouped) a second"]
      + ImportSummary.details(of: report.counts)
    switch report.end {
    case .complete: failure = nil
    case .interrupted where isEndless: failure = nil
    case .interrupted: failure = AgentFailure("interrupted before all events were sent")
    case .rejected(let reason): failure = AgentFailure("the server refuses what it is sent: \(reason)")
    case .badLine, .sourceFailed, .journalFailed: preconditionFailure("a generator reads and keeps nothing")
    }
  }
}
