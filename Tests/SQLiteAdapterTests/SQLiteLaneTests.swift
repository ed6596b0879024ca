import Application
import Foundation
import InMemoryAdapter
import Testing

@testable import SQLiteAdapter

@Suite("A lane", .timeLimit(.minutes(1))) struct SQLiteLaneTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("runs on its own thread, whoever calls")
  func runsOnItsThread() async throws {
    let lane = try await open()
    #expect(try await threadName(lane) == "test-lane")
    #expect(try await mainActorThreadName(lane) == "test-lane")
    #expect(try await Caller(lane: lane).threadName() == "test-lane")
    #expect(lane.load == 0)
  }

  @Test("begins nothing for a task that is cancelled")
  func beginsNothingCancelled() async throws {
    let lane = try await open()
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      do throws(ChunkIndexError) {
        try await lane.run { (_) throws(SQLiteError) -> Void in Issue.record("it was begun") }
      } catch {
        if case .cancelled = error { return true }
      }
      return false
    }
    task.cancel()
    #expect(await task.value)
  }

  private func open() async throws -> SQLiteLane {
    try await SQLiteLane.open(
      path: folder.index, threadName: "test-lane", busyTimeout: .seconds(1), isReader: false,
      telemetry: RecordingTelemetry())
  }

  @MainActor
  private func mainActorThreadName(_ lane: SQLiteLane) async throws -> String { try await threadName(lane) }

  private actor Caller {
    let lane: SQLiteLane

    init(lane: SQLiteLane) { self.lane = lane }

    func threadName() async throws -> String { try await SQLiteAdapterTests.threadName(lane) }
  }
}

private func threadName(_ lane: SQLiteLane) async throws -> String {
  try await lane.run { (_) throws(SQLiteError) in
    let name = try? String(contentsOfFile: "/proc/thread-self/comm", encoding: .utf8)
    return name?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
  }
}
