import Application
import InMemoryAdapter
import LogFilesContract
import Testing

@Suite("Log files in memory", .timeLimit(.minutes(1))) struct InMemoryLogFilesTests {
  @Test("keep the port's promises", arguments: LogFilesPromise.allCases)
  func keep(_ promise: LogFilesPromise) async throws { try await promise.check(on: InMemoryFilesStage()) }

  @Test("give a new file the inode of one that was deleted, born later")
  func reusedInode() async throws {
    let stage = InMemoryFilesStage()
    let files = try await stage.files("*.log")
    stage.append([1], to: "a.log")
    let first = try #require(try await files.find(known: []).files.first).identity
    stage.remove("a.log")
    stage.append([2], to: "a.log")
    let second = try #require(try await files.find(known: [first]).files.first).identity
    #expect(second.inode == first.inode)
    #expect(second.birth > first.birth)
  }

  @Test("wait by the clock they are given")
  func patience() async throws {
    let clock = ScriptedClock()
    let files = try InMemoryLogFiles(InMemoryFileTree(), patterns: ["/a"], clock: clock)
    async let changes = files.changes(within: .seconds(10))
    await clock.waitForSleepers()
    clock.advance(by: .seconds(10))
    #expect(try await changes == .nothing)
  }

  @Test("an unreadable file is found with its obstacle and cannot be opened")
  func unreadable() async throws {
    let stage = InMemoryFilesStage()
    stage.append([1], to: "a.log")
    stage.tree.makeUnreadable("/logs/a.log", reason: "permission denied")
    let files = try await stage.files("*.log")
    let file = try #require(try await files.find(known: []).files.first)
    #expect(file.obstacle == .unreadable(reason: "permission denied"))
    await #expect(throws: LogFilesError.unreadable(path: "/logs/a.log", reason: "permission denied")) {
      _ = try await files.open(file)
    }
    stage.tree.makeUnreadable("/logs/a.log", reason: nil)
    #expect(try await files.find(known: []).files.first?.obstacle == nil)
  }

  @Test("say how many files are open")
  func openFiles() async throws {
    let stage = InMemoryFilesStage()
    stage.append([1], to: "a.log")
    let files = try await stage.files("*.log")
    let file = try #require(try await files.find(known: []).files.first)
    let open = try await files.open(file)
    #expect(stage.tree.openFiles == 1)
    await open.close()
    await open.close()
    #expect(stage.tree.openFiles == 0)
  }

  @Test("fail as a test scripts it, and go on")
  func faults() async throws {
    let stage = InMemoryFilesStage()
    stage.append([1], to: "a.log")
    let files = try InMemoryLogFiles(stage.tree, patterns: ["/logs/*"], clock: MachineClock())
    let file = try #require(try await files.find(known: []).files.first)
    let open = try await files.open(file)
    let failure = LogFilesError.unavailable(path: "/logs/a.log", reason: "the device does not answer")
    files.faults.failNext(1, .read, with: failure)
    await #expect(throws: failure) { try await open.read(at: 0, limit: 1) }
    #expect(try await open.read(at: 0, limit: 1) == [1])
  }
}
