import Application
import Testing

/// What every way to ask for health promises: the port's implementations, and REST and gRPC in front of them.
///
/// Left open on purpose: how long an answer may take when what is asked about hangs; whether a door has words and a
/// question about being alive (gRPC has neither); what a cancelled asker is told.
package enum HealthPromise: String, CaseIterable, Sendable {
  case isReadyWhenNothingIsMissing
  case isNotReadyWhenSomethingIsMissing
  case noticesWhatGoesMissingLater
  case recovers
  case namesAllThatIsMissing
  case keepsWordsAsTheyAre
  case staysAliveWhateverIsMissing
  case answersManyAtOnce
  case slowAnswerHoldsUpNoOther
  case endsAQuestionThatIsCancelled

  /// Records an issue if the promise is broken. What the stage cannot arrange is not checked.
  package func check(on stage: HealthStage) async throws {
    let door = stage.door
    switch self {
    case .isReadyWhenNothingIsMissing: #expect(try await door.readiness() == .ready)
    case .isNotReadyWhenSomethingIsMissing:
      try await stage.takeAway(true)
      try await expectMissing(door)
    case .noticesWhatGoesMissingLater:
      for _ in 0..<3 { _ = try await door.readiness() }
      try await stage.takeAway(true)
      try await expectMissing(door)
    case .recovers:
      for _ in 0..<3 {
        try await stage.takeAway(true)
        try await expectMissing(door)
        try await stage.takeAway(false)
        #expect(try await door.readiness() == .ready)
      }
    case .namesAllThatIsMissing:
      try await expectWords((0..<200).map { "partition \($0) has no owner yet" }, on: stage)
    case .keepsWordsAsTheyAre: try await expectWords(Self.hostileWords, on: stage)
    case .staysAliveWhateverIsMissing: try await checkLiveness(stage)
    case .answersManyAtOnce: try await checkMany(stage)
    case .slowAnswerHoldsUpNoOther: try await checkSlowAnswer(stage)
    case .endsAQuestionThatIsCancelled: await checkCancellation(stage)
    }
  }

  private static let hostileWords = [
    "a; b", "\"quoted\" and \\", "two\nlines\r\n", "\u{0}\u{1b}[31mred", "ünï—cødé 🪵", "</script>",
    String(repeating: "x", count: 10_000),
  ]

  private func expectMissing(_ door: any HealthDoor) async throws {
    guard case .missing(let words) = try await door.readiness() else {
      Issue.record("it is ready although something is missing")
      return
    }
    #expect(words.isEmpty != door.hasWords)
  }

  private func expectWords(_ words: [String], on stage: HealthStage) async throws {
    guard let script = stage.script else { return }
    await script.say(words)
    #expect(try await stage.door.readiness() == .missing(stage.door.hasWords ? words : []))
  }
}
