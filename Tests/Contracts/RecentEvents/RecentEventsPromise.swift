import Application
import Domain
import Testing

/// What every carrier of `RecentEvents` promises. Left open: how soon an owner that came or went is noticed elsewhere, as
/// long as the setup waits for it.
package enum RecentEventsPromise: String, CaseIterable, Sendable {
  case carriesQuestionAndAnswer, carriesAnEmptyAnswer, carriesAQuestionAboutAllServices, saysThatThereIsNoOwner
  case eachPartitionHasItsOwner, newOwnerIsAsked, ownerThatLeftIsNotAsked, saysThatTheOwnerStopped, passesTroubleOn
  case cancellationReachesTheOwner, carriesManyQuestionsAtOnce

  package func check(on setup: some RecentEventsSetup) async throws {
    let trial = RecentEventsTrial(setup: setup)
    let (first, second) = (PartitionID(0), PartitionID(7))
    switch self {
    case .carriesQuestionAndAnswer: try await trial.expectCarried(try trial.answer(batches: 3), for: first)
    case .carriesAnEmptyAnswer: try await trial.expectCarried(try trial.answer(batches: 0), for: first)
    case .carriesAQuestionAboutAllServices:
      try await trial.expectCarried(try trial.answer(batches: 1), for: first, service: nil, range: .all)
    case .saysThatThereIsNoOwner:
      try await trial.own(first, answering: try trial.answer(batches: 0))
      try await trial.expectNoOwner(of: second)
    case .eachPartitionHasItsOwner:
      try await trial.own(first, answering: try trial.answer(batches: 1))
      try await trial.own(second, answering: try trial.answer(batches: 2))
      #expect(try await trial.ask(first).batches.count == 1)
      #expect(try await trial.ask(second).batches.count == 2)
    case .newOwnerIsAsked:
      try await trial.own(first, answering: try trial.answer(batches: 1))
      try await trial.own(first, answering: try trial.answer(batches: 2))
      #expect(try await trial.ask(first).batches.count == 2)
    case .ownerThatLeftIsNotAsked:
      try await trial.own(first, answering: try trial.answer(batches: 1))
      try await setup.disown(first)
      try await trial.expectNoOwner(of: first)
    case .saysThatTheOwnerStopped:
      try await setup.own(
        first,
        by: ScriptedSource(expected: trial.question(first), answer: .failure(.stopped(first, reason: "epoch differs"))))
      let error = await trial.failure(first)
      guard case .stopped(first, "epoch differs") = error else { return trial.fail("a stopped owner", error) }
    case .passesTroubleOn:
      try await setup.own(
        first, by: ScriptedSource(expected: trial.question(first), answer: .failure(.unavailable(reason: "starting"))))
      let error = await trial.failure(first)
      guard case .unavailable = error else { return trial.fail("an owner in trouble", error) }
    case .cancellationReachesTheOwner:
      try await setup.own(first, by: SilentSource())
      let task = Task { await trial.failure(first) }
      await Task.yield()
      task.cancel()
      let error = await task.value
      guard case .cancelled = error else { return trial.fail("a cancelled question", error) }
    case .carriesManyQuestionsAtOnce: try await trial.checkConcurrency()
    }
  }
}
