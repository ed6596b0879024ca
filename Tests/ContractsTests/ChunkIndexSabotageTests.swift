import ChunkIndexContract
import Testing

@Suite("The promises of a chunk index", .timeLimit(.minutes(1))) struct ChunkIndexSabotageTests {
  struct Sabotage: CustomTestStringConvertible, Sendable {
    let flaw: ChunkIndexFlaw
    let promise: ChunkIndexPromise

    var testDescription: String { "\(flaw.rawValue) breaks \(promise.rawValue)" }
  }

  static let sabotages = ChunkIndexFlaw.allCases.flatMap { flaw in
    flaw.broken.map { Sabotage(flaw: flaw, promise: $0) }
  }

  @Test("are broken by wrong indexes", arguments: sabotages)
  func areBroken(_ sabotage: Sabotage) async {
    await withKnownIssue("\(sabotage.testDescription)") {
      try await sabotage.promise.check(on: SabotagedChunkIndex(sabotage.flaw)) { index in
        sabotage.flaw == .forgetsOnReopening ? SabotagedChunkIndex(sabotage.flaw) : index
      }
    }
  }

  @Test("can each be broken")
  func areAllBreakable() {
    #expect(Set(Self.sabotages.map(\.promise)) == Set(ChunkIndexPromise.allCases))
  }
}
