import Application
import Domain
import Testing

@Suite("when a flush is due")
struct FlushPolicyTests {
  let policy = FlushPolicy(bytes: 100, age: .seconds(10))

  @Test("never while nothing is open")
  func nothingOpen() { #expect(policy.reason(openBytes: 0, oldest: nil, isPressed: true) == nil) }

  @Test(
    "by size, then by pressure, then by age",
    arguments: [
      (100, 0, false, FlushReason.size), (99, 0, true, .memory), (99, 10, false, .age), (100, 10, true, .size),
    ])
  func reasons(_ bytes: Int, _ seconds: Int, _ pressed: Bool, _ reason: FlushReason) {
    #expect(policy.reason(openBytes: bytes, oldest: .seconds(seconds), isPressed: pressed) == reason)
  }

  @Test("not before any of them")
  func notYet() { #expect(policy.reason(openBytes: 99, oldest: .milliseconds(9_999), isPressed: false) == nil) }

  @Test("a partition that holds its share or more gives way")
  func memoryShare() async {
    let memory = MemoryShare(limit: 100)
    #expect(await memory.report(.init(0), holds: 60) == false)
    #expect(await memory.report(.init(1), holds: 45) == false)
    #expect(await memory.report(.init(0), holds: 61) == true)
    #expect(await memory.report(.init(0), holds: 0) == false)
  }

  @Test("partitions that cannot flush hold twice the limit together, not each", arguments: [1, 4, 16])
  func memoryBound(_ partitions: Int) async {
    let memory = MemoryShare(limit: 1_000)
    var held = [Int](repeating: 0, count: partitions)
    for turn in 0..<20_000 {
      // The first partition reads much more often than the others.
      let number = turn.isMultiple(of: 2) ? 0 : turn / 2 % partitions
      if await !memory.report(.init(number), holds: held[number]) { held[number] += 10 }
    }
    #expect(held.reduce(0, +) <= 2 * 1_000 + 10 * partitions)
  }
}
