import Foundation
import Testing

@testable import Threads

@Suite("A thread pool", .timeLimit(.minutes(1)))
struct ThreadPoolTests {
  private struct Refusal: Error {}

  @Test("runs work on threads of its own, which bear its name")
  func threads() async throws {
    let pool = ThreadPool(name: "a-name-that-is-cut", threads: 2)
    let name = await pool.run { try? String(contentsOfFile: "/proc/thread-self/comm", encoding: .utf8) }
    #expect(name == "a-name-that-is-\n")
  }

  @Test("gives back what the work gives or throws")
  func outcomes() async throws {
    let pool = ThreadPool(name: "test", threads: 1)
    #expect(await pool.run { 6 * 7 } == 42)
    await #expect(throws: Refusal.self) { try await pool.run { () throws(Refusal) -> Int in throw Refusal() } }
  }

  @Test("hosts work that waits: all of it runs on the pool's threads")
  func host() async throws {
    let pool = ThreadPool(name: "host", threads: 1)
    let names = await pool.host { () async -> [String?] in
      let before = try? String(contentsOfFile: "/proc/thread-self/comm", encoding: .utf8)
      await Task.yield()
      return [before, try? String(contentsOfFile: "/proc/thread-self/comm", encoding: .utf8)]
    }
    #expect(names == ["host\n", "host\n"])
    await #expect(throws: Refusal.self) {
      try await pool.host { () async throws(Refusal) -> Int in
        await Task.yield()
        throw Refusal()
      }
    }
  }

  @Test("works on as many things at once as it has threads")
  func width() async {
    let pool = ThreadPool(name: "test", threads: 3)
    let arrivals = DispatchSemaphore(value: 0)
    let departure = DispatchSemaphore(value: 0)
    await withTaskGroup { group in
      for _ in 0..<3 {
        group.addTask {
          await pool.run {
            arrivals.signal()
            departure.wait()
          }
        }
      }
      group.addTask {
        // Not on the pool: all of its threads wait, so all three have begun.
        for _ in 0..<3 { Self.wait(for: arrivals) }
        for _ in 0..<3 { departure.signal() }
      }
    }
  }

  @Test("does its work in the order in which it came")
  func order() async {
    let pool = ThreadPool(name: "test", threads: 1)
    let isHeld = DispatchSemaphore(value: 0)
    let seen = Lock<[Int]>([])
    let holder = Task(executorPreference: pool) { Self.wait(for: isHeld) }
    var tasks: [Task<Void, Never>] = []
    for number in 0..<100 { tasks.append(Task(executorPreference: pool) { seen.withLock { $0.append(number) } }) }
    isHeld.signal()
    await holder.value
    for task in tasks { await task.value }
    #expect(seen.withLock { $0 } == Array(0..<100))
  }

  @Test("ends its threads when nobody has it any more")
  func end() async throws {
    let name = "pool-\(UInt16.random(in: 0...UInt16.max))"
    var pool: ThreadPool? = ThreadPool(name: name, threads: 2)
    await pool?.run {}
    pool = nil
    while try Self.threadNames().contains(name) { try await Task.sleep(for: .milliseconds(5)) }
  }

  /// `wait` is not to be called in asynchronous code; here the tests mean to block a thread.
  private static func wait(for semaphore: DispatchSemaphore) { semaphore.wait() }

  private static func threadNames() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").compactMap {
      // A thread may end between the two calls.
      try? String(contentsOfFile: "/proc/self/task/\($0)/comm", encoding: .utf8)
    }.map { String($0.prefix { $0 != "\n" }) }
  }
}
