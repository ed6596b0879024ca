import Composition
import Testing
import Threads

@Suite("A group of services", .timeLimit(.minutes(1)))
struct ServiceGroupTests {
  struct Trouble: Error {}

  /// What happened, in order, and a way to wait for it.
  final class Journal: Sendable {
    private let entries = Lock<[String]>([])

    var all: [String] { entries.withLock { $0 } }

    func note(_ entry: String) { entries.withLock { $0.append(entry) } }

    func wait(for count: Int) async {
      while all.count < count { await Task.yield() }
    }
  }

  struct Recording: Service {
    let name: String
    let journal: Journal
    var failsAtOnce = false
    var ignoresCancellation = false

    func run() async throws {
      journal.note("+\(name)")
      if failsAtOnce { throw Trouble() }
      let never = AsyncStream<Void> { _ in }
      for await _ in never {}
      if ignoresCancellation { try await Task { try await Task.sleep(for: .seconds(30)) }.value }
      journal.note("-\(name)")
    }
  }

  @Test("stops its services in reverse when its task is cancelled")
  func stopsInReverse() async throws {
    let journal = Journal()
    let group = ServiceGroup(["a", "b", "c"].map { Recording(name: $0, journal: journal) })
    let task = Task { try await group.run() }
    await journal.wait(for: 3)
    task.cancel()
    try await task.value
    #expect(Set(journal.all.prefix(3)) == ["+a", "+b", "+c"])
    #expect(journal.all.suffix(3) == ["-c", "-b", "-a"])
  }

  @Test("stops also when its task was cancelled before it ran")
  func cancelledBefore() async throws {
    let journal = Journal()
    let group = ServiceGroup([Recording(name: "a", journal: journal)])
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.cancelAll()
      tasks.addTask { try await group.run() }
      try await tasks.waitForAll()
    }
    #expect(journal.all == ["+a", "-a"])
  }

  @Test("stops the others when one fails, and throws its error")
  func oneFails() async {
    let journal = Journal()
    let group = ServiceGroup([
      Recording(name: "a", journal: journal), Recording(name: "b", journal: journal, failsAtOnce: true),
    ])
    let error = await #expect(throws: ServiceGroupError.self) { try await group.run() }
    #expect(error.map { "\($0)" } == "b failed: Trouble()")
    #expect(journal.all.last == "-a")
  }

  @Test("gives up on a service that does not stop in time, and names it")
  func deadline() async {
    let journal = Journal()
    let stubborn = Recording(name: "stubborn", journal: journal, ignoresCancellation: true)
    let group = ServiceGroup([Recording(name: "a", journal: journal), stubborn], stopDeadline: .milliseconds(50))
    let task = Task { try await group.run() }
    await journal.wait(for: 2)
    task.cancel()
    let error = await #expect(throws: ServiceGroupError.self) { try await task.value }
    #expect(error.map { "\($0)" } == "still running 50ms after the stop began: stubborn, a")
  }
}
