import Application
import Domain
import IdentifiersContract
import Synchronization
import Testing

@Suite("The contract of identifiers", .timeLimit(.minutes(1)))
struct IdentifiersSabotageTests {
  @Test("notices a counter that wraps around", arguments: IdentifiersPromise.allCases)
  func notices(_ promise: IdentifiersPromise) async {
    await withKnownIssue("a counter that wraps around breaks \(promise)") {
      try await promise.check(on: ShortCounter())
    }
  }
}

/// Counts from zero to 999, over and over.
private struct ShortCounter: Identifiers {
  private final class State: Sendable { let last = Atomic<UInt64>(0) }
  private let state = State()

  func next() -> Identifier128 {
    Identifier128(high: 0, low: state.last.add(1, ordering: .relaxed).newValue % 1_000)
  }
}
