import Application
import Composition

/// What `tail` says at its end.
struct TailSummary {
  /// For standard output.
  let lines: [String]
  /// Why the command fails; nil if it was told to stop.
  let failure: AgentFailure?

  /// - Parameter stateDirectory: As it was given.
  init(_ report: DeliveryReport, stateDirectory: String) {
    let counts = report.counts
    let left = counts.events + counts.resentEvents - counts.settledEvents
    lines =
      ["\(counts.acceptedEvents.of("event")) accepted"] + ImportSummary.details(of: counts)
      + (left > 0 ? ["  \(left.of("event")) without an answer: the next run sends them again, none will be twice"] : [])
    failure =
      switch report.end {
      case .complete, .interrupted: nil
      case .journalFailed(let error): AgentFailure(error, folder: stateDirectory)
      case .sourceFailed(let error): AgentFailure(error)
      case .rejected(let reason): AgentFailure("the server refuses what it is sent: \(reason)")
      case .badLine(let line): AgentFailure("\(line)")
      }
  }
}
