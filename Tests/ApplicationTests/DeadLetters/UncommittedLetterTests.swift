import Application
import DeadLetterOperationsContract
import Domain
import TestSupport
import Testing

@Suite("Letters of flushes that are not committed", .timeLimit(.minutes(1)))
struct UncommittedLetterTests {
  private static let uncommitted = DeadLetterSelection(isUncommitted: true)

  private static func letter(_ number: UInt8, flush: UInt64?) -> DeadLetter {
    DeadLetter(
      id: .bytes(checksum: UInt32(number), count: 1), reason: .undecodable, content: .record([number]), time: .epoch,
      tenant: nil, flush: flush.map { FlushID(Identifier128(high: 6, low: $0)) })
  }

  @Test("are dropped with force where no owner is at work, and no others")
  func dropped() async throws {
    let stage = DeadLetterOperationsStage.useCase(mayFlush: false) { $0 }
    let letters = [Self.letter(1, flush: 1), Self.letter(2, flush: 2), Self.letter(3, flush: nil)]
    try await stage.put(letters)
    try await stage.publish([letters[0].id])
    let unforced = await #expect(throws: DeadLetterOperationsError.self) {
      try await stage.operations.drop(Self.uncommitted, isForced: false) { _ in }
    }
    guard case .refused = unforced else {
      Issue.record("\(String(describing: unforced))")
      return
    }
    try await stage.operations.drop(Self.uncommitted, isForced: true) { drop in
      #expect(drop == DeadLetterDrop(dropped: 1, kept: 0))
    }
    #expect(try await stage.operations.list(Self.uncommitted, from: 0, limit: 10).letters.isEmpty)
    #expect(
      try await stage.operations.list(.init(), from: 0, limit: 10).letters.map(\.id) == [letters[0].id, letters[2].id])
    // A later flush that finds the same writes it anew, before its commit.
    try await stage.put([letters[1]])
    try await stage.publish([letters[1].id])
    #expect(try await stage.operations.list(.init(), from: 0, limit: 10).letters.count == 3)
  }
}
