import Application
import Domain
import InMemoryAdapter
import Testing

@Suite("A fault script") struct FaultScriptTests {
  private let store = InMemoryObjectStore()
  private let key: ObjectKey

  init() throws { key = try #require(ObjectKey("tenant/object")) }

  @Test("refuses as many calls as it was told, and changes nothing")
  func refuses() async throws {
    store.faults.failNext(2, .put, with: .unavailable(retryAfter: nil, reason: "scripted"))
    for _ in 0..<2 {
      await #expect(throws: ObjectStoreError.self) { try await store.put([1], at: key) }
    }
    #expect(await store.keys.isEmpty)
    try await store.put([1], at: key)
    #expect(await store.keys == [key])
  }

  @Test("loses an answer after the work was done")
  func losesAnswer() async throws {
    store.faults.failNext(1, .put, .answerLost, with: .unavailable(retryAfter: nil, reason: "scripted"))
    await #expect(throws: ObjectStoreError.self) { try await store.put([1], at: key) }
    #expect(try await store.get(key, limit: 10) == [1])
  }

  @Test("leaves other operations alone and can be cleared")
  func keepsToItsOperation() async throws {
    store.faults.failNext(1, .delete, with: .rejected(reason: "scripted"))
    try await store.put([1], at: key)
    #expect(store.faults.remaining == 1)
    store.faults.clear()
    try await store.delete(key)
    #expect(await store.keys.isEmpty)
  }

  @Test("is not used up by a task that was cancelled before")
  func cancelledTaskDoesNothing() async throws {
    store.faults.failNext(1, .put, with: .rejected(reason: "scripted"))
    let task = Task { [store, key] in
      while !Task.isCancelled { await Task.yield() }
      do throws(ObjectStoreError) { try await store.put([1], at: key) } catch {
        if case .cancelled = error { return true }
      }
      return false
    }
    task.cancel()
    #expect(await task.value)
    #expect(store.faults.remaining == 1)
  }
}
