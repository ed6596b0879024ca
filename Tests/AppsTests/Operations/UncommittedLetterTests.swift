import Application
import DiskAdapter
import Domain
import Foundation
import InMemoryAdapter
import Testing
import Threads

@Suite("cordwood dlq --uncommitted", .timeLimit(.minutes(2)))
struct UncommittedLetterTests {
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  private func dlq(_ arguments: String...) async throws -> ProgramOutcome {
    try await ProgramProcess.run(.cordwood, ["dlq"] + arguments, environment: ["DATA_DIR": folder.path(of: "data")])
  }

  @Test("shows what is left of lost flushes, and drops it where no server runs")
  func lostFlush() async throws {
    let first = try await RunningServer(in: folder)
    await first.stop()
    let queue = try await DiskDeadLetterQueue.open(
      DiskDeadLetterQueueConfiguration(folder: folder.path(of: "data/dead-letters")),
      pool: ThreadPool(name: "test-disk", threads: 1), telemetry: RecordingTelemetry())
    try await queue.append([
      DeadLetter(
        id: .bytes(checksum: 7, count: 1), reason: .undecodable, content: .record([1]), time: .epoch, tenant: nil,
        flush: FlushID(Identifier128(high: 1, low: 2)))
    ])
    await queue.close()

    let server = try await RunningServer(in: folder)
    #expect(try await dlq("list").lines.isEmpty)
    #expect(try await dlq("list", "--uncommitted").lines.count == 1)
    let refused = try await dlq("drop", "--uncommitted", "--force")
    #expect(refused.end == .exited(1) && refused.error.contains("stop the server"), "\(refused.error)")
    await server.stop()
    #expect(try await dlq("drop", "--uncommitted").end == .exited(1))
    #expect(try await dlq("drop", "--uncommitted", "--force").output == "1 dead letter dropped\n")
    #expect(try await dlq("list", "--uncommitted").lines.isEmpty)
  }
}
