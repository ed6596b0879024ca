import ObjectStoreContract
import Testing

@Suite("The object store's contract", .timeLimit(.minutes(1)))
struct ObjectStoreSabotageTests {
  @Test("is kept by a right store", arguments: ObjectStorePromise.allCases)
  func isKept(_ promise: ObjectStorePromise) async throws {
    try await promise.check(on: FlawedObjectStore(breaking: nil))
  }

  @Test("notices a broken promise", arguments: ObjectStorePromise.allCases)
  func isBroken(_ promise: ObjectStorePromise) async {
    await withKnownIssue("a flawed store breaks \(promise)") {
      try await promise.check(on: FlawedObjectStore(breaking: promise))
    }
  }
}
