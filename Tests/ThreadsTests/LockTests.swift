import Testing

@testable import Threads

@Suite("A lock", .timeLimit(.minutes(1)))
struct LockTests {
  private struct Refusal: Error {}

  @Test("lets one at a time change its value")
  func exclusion() async {
    let count = Lock(0)
    await withTaskGroup { group in
      for _ in 0..<8 { group.addTask { for _ in 0..<10_000 { count.withLock { $0 += 1 } } } }
    }
    #expect(count.withLock { $0 } == 80_000)
  }

  @Test("is free again after an error")
  func errors() {
    let value = Lock("before")
    #expect(throws: Refusal.self) {
      try value.withLock { text throws(Refusal) in
        text = "changed"
        throw Refusal()
      }
    }
    #expect(value.withLock { $0 } == "changed")
  }
}
