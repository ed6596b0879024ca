import Application
import HealthContract

/// A door with one thing wrong, or nothing.
actor SabotagedHealthDoor: HealthDoor {
  enum Fault: String, CaseIterable, Sendable {
    case isNeverReady, isAlwaysReady, keepsTheFirstAnswer, keepsTrouble, namesOneProblem, hidesWords, joinsLines
    case isAliveWhenReady, asksToBeAlive, refusesCrowds, takesOneAtATime, ignoresCancellation, leavesThePortAsked

    var brokenPromise: HealthPromise {
      switch self {
      case .isNeverReady: .isReadyWhenNothingIsMissing
      case .isAlwaysReady, .hidesWords: .isNotReadyWhenSomethingIsMissing
      case .keepsTheFirstAnswer: .noticesWhatGoesMissingLater
      case .keepsTrouble: .recovers
      case .namesOneProblem: .namesAllThatIsMissing
      case .joinsLines: .keepsWordsAsTheyAre
      case .isAliveWhenReady, .asksToBeAlive: .staysAliveWhateverIsMissing
      case .refusesCrowds: .answersManyAtOnce
      case .takesOneAtATime: .slowAnswerHoldsUpNoOther
      case .ignoresCancellation, .leavesThePortAsked: .endsAQuestionThatIsCancelled
      }
    }

    /// Whether what a test waits for never comes: then it need not wait long for it.
    var keepsWaiting: Bool {
      switch self {
      case .refusesCrowds, .takesOneAtATime, .ignoresCancellation, .leavesThePortAsked: true
      default: false
      }
    }
  }

  nonisolated let hasWords = true
  private let health: any Health
  private let fault: Fault?
  private var kept: HealthReport?
  private var asking = 0
  private var last: Task<[String], Never>?

  init(_ health: any Health, _ fault: Fault?) {
    self.health = health
    self.fault = fault
  }

  func isAlive() async throws(HealthDoorFailure) -> Bool? {
    switch fault {
    case .isAliveWhenReady: try await readiness() == .ready
    case .asksToBeAlive: await health.problems().count >= 0
    default: true
    }
  }

  func readiness() async throws(HealthDoorFailure) -> HealthReport {
    asking += 1
    defer { asking -= 1 }
    if fault == .refusesCrowds, asking > 10 { throw .noAnswer(reason: "busy") }
    if let kept { return kept }
    let report = report(of: await problems())
    if Task.isCancelled { throw .cancelled }
    switch (fault, report) {
    case (.keepsTheFirstAnswer, _), (.keepsTrouble, .missing): kept = report
    default: break
    }
    return report
  }

  private func report(of problems: [String]) -> HealthReport {
    if fault == .isNeverReady { return .missing(["no reason"]) }
    if fault == .isAlwaysReady || problems.isEmpty { return .ready }
    return switch fault {
    case .hidesWords: .missing([])
    case .namesOneProblem: .missing(Array(problems.prefix(1)))
    case .joinsLines: .missing(problems.map { String($0.map { $0.isNewline ? " " : $0 }) })
    default: .missing(problems)
    }
  }

  private func problems() async -> [String] {
    switch fault {
    case .ignoresCancellation: return await Task { await health.problems() }.value
    case .takesOneAtATime:
      let turn = Task { [last, health] in
        _ = await last?.value
        return await health.problems()
      }
      last = turn
      return await turn.value
    case .leavesThePortAsked:
      // Asks in a task of its own and only looks, as one who hands questions to a queue does.
      let question = Question(health)
      while !Task.isCancelled {
        if let answer = await question.answer { return answer }
        try? await Task.sleep(for: .milliseconds(1))
      }
      return []
    default: return await health.problems()
    }
  }
}

/// A question that nobody can take back.
private actor Question {
  private(set) var answer: [String]?

  init(_ health: any Health) {
    Task { await ask(health) }
  }

  private func ask(_ health: any Health) async { answer = await health.problems() }
}
