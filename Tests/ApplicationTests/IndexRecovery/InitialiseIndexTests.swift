import Application
import Domain
import InMemoryAdapter
import TestSupport
import Testing

@Suite("Initialising the index", .timeLimit(.minutes(1))) struct InitialiseIndexTests {
  private let stage = RecoveryStage()

  @Test("writes the first marker where there is nothing")
  func first() async throws {
    let generation = try await stage.operations.initialise(discarding: false)
    #expect(try await stage.pipeline.index.generation() == generation && generation.ordinal == 1)
  }

  @Test("is refused where there is a marker", arguments: [true, false])
  func secondTime(_ discarding: Bool) async throws {
    let generation = try await stage.operations.initialise(discarding: discarding)
    await #expect {
      _ = try await stage.operations.initialise(discarding: discarding)
    } throws: { error in
      if case .alreadyInitialised(generation)? = error as? IndexOperationError { true } else { false }
    }
  }

  @Test("is refused where there are objects, and says what to do")
  func objects() async throws {
    try await stage.flush(0..<1)
    await stage.pipeline.index.forgetEverything()
    await #expect {
      _ = try await stage.operations.initialise(discarding: false)
    } throws: { error in
      guard case .notEmpty(let reason)? = error as? IndexOperationError else { return false }
      return reason.contains("cordwood index rebuild")
    }
    #expect(try await stage.pipeline.index.generation() == nil)
  }

  @Test("with consent loses sight of the objects, and a rebuild finds them again")
  func discarding() async throws {
    try await stage.flush(0..<2)
    let before = try await stage.view()
    let first = try #require(try await stage.pipeline.index.generation())
    try await stage.snapshots.take(of: RecoveryStage.partition)
    await stage.pipeline.index.forgetEverything()
    let generation = try await stage.operations.initialise(discarding: true)
    #expect(generation > first)
    #expect(try await stage.objects().isEmpty)
    _ = try await stage.rebuild()
    #expect(try await stage.view() == before)
  }
}
