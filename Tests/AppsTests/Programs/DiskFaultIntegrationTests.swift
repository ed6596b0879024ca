import Foundation
import Glibc
import Testing

/// A server whose disk fails: what it acknowledged is there all the same, and it goes on when the disk does.
@Suite(
  "cordwood serve, on a failing disk", .enabled(if: FaultInjection.isThereOrRequired, "install fiu-utils"), .serialized,
  .timeLimit(.minutes(3)))
struct DiskFaultIntegrationTests {
  private static let quick = ["FLUSH_AGE": "200ms"]
  private let folder: ScratchFolder
  private let faults: FaultInjection

  init() throws {
    folder = try ScratchFolder()
    faults = try FaultInjection()
  }

  @Test("acknowledges nothing that is not durable when syncs fail, and loses nothing to kill -9")
  func failingSyncs() async throws {
    let server = try await RunningServer(in: folder, environment: faults.environment.merging(Self.quick) { $1 })
    try await faults.fail("posix/io/sync/*", probability: 0.3, errno: EIO, in: server)
    var expected: [String] = []
    for number in 0..<25 {
      try await server.take(Lines.make(40, service: "service-\(number)"), in: folder)
      expected += Lines.messages(40)
    }
    #expect(try await server.metric("cordwood_fsync_errors_total", #"port="event_log""#) > 0, "the fault was hit")
    #expect(try await server.metric("cordwood_log_write_errors_total") > 0)
    try await server.wait { try await server.metric("cordwood_fsync_errors_total", #"port="object_store""#) > 0 }
    await server.kill()
    let again = try await RunningServer(in: folder)
    #expect(try await again.messages() == expected.sorted())
    await again.stop()
  }

  @Test("counts syncs of the index that fail, and keeps the index as it was")
  func failingIndexSyncs() async throws {
    let server = try await RunningServer(in: folder, environment: faults.environment.merging(Self.quick) { $1 })
    try await server.take(Lines.make(100), in: folder)
    try await server.wait { try await server.metric("cordwood_processor_flushed_events_total") == 100 }
    let failures = #"port="chunk_index""#
    #expect(try await server.metric("cordwood_fsync_errors_total", failures) == 0)
    try await faults.fail("posix/io/sync/*", errno: EIO, in: server)
    // The first thing that a rebuild does is to take the marker away, in a transaction of its own.
    let rebuild = try await ProgramProcess.run(.cordwood, ["index", "rebuild", "--data-dir", folder.path(of: "data")])
    #expect(rebuild.end == .exited(1) && rebuild.error.contains("disk I/O error"), "\(rebuild.error)")
    #expect(try await server.metric("cordwood_fsync_errors_total", failures) > 0, "the fault was hit")
    try await faults.heal("posix/io/sync/*", in: server)
    try await server.wait { try await server.readiness().status == 200 }
    #expect(try await server.messages() == Lines.messages(100).sorted())
    await server.stop()
  }

  @Test("goes on by itself when syncs work again")
  func syncsHeal() async throws {
    let server = try await RunningServer(in: folder, environment: faults.environment.merging(Self.quick) { $1 })
    try await faults.fail("posix/io/sync/*", errno: EIO, in: server)
    let waiting = try server.startImport(Lines.make(100), in: folder)
    try await server.wait { try await server.metric("cordwood_fsync_errors_total", #"port="event_log""#) >= 2 }
    #expect(waiting.isRunning, "nothing can be durable, so nothing was acknowledged")
    #expect(try await server.metric("cordwood_ingest_events_total") == 0)
    #expect(try await server.metric("cordwood_ingest_delayed_batches_total", "log-unavailable") > 0)
    #expect(try await server.readiness().body.contains("Input/output error"))
    try await faults.heal("posix/io/sync/*", in: server)
    #expect(await waiting.ended() == .exited(0))
    try await server.wait { try await server.metric("cordwood_processor_flushes_total") > 0 }
    #expect(try await server.messages() == Lines.messages(100).sorted())
    try await server.wait { try await server.readiness().status == 200 }
    await server.stop()
  }

  @Test("pushes back while writes find no space, says so, and goes on when they do")
  func noSpace() async throws {
    let server = try await RunningServer(in: folder, environment: faults.environment.merging(Self.quick) { $1 })
    try await server.take(Lines.make(50, service: "before"), in: folder)
    try await server.wait { try await server.metric("cordwood_processor_flushes_total") > 0 }
    try await faults.fail("posix/io/rw/pwrite*", errno: ENOSPC, in: server)
    let waiting = try server.startImport(Lines.make(100), in: folder)
    try await server.wait { try await server.metric("cordwood_ingest_delayed_batches_total", "log-full") > 0 }
    let readiness = try await server.readiness()
    #expect(readiness.status == 503 && readiness.body.contains("No space left on device"), "\(readiness.body)")
    #expect(waiting.isRunning)
    #expect(try await server.query("--service", "before", "--limit", "1000").lines.count == 50)
    await server.kill()
    waiting.send(SIGKILL)  // it would try again for ever
    #expect(await waiting.ended() == .signalled(SIGKILL))
    let again = try await RunningServer(in: folder)
    try await again.take(Lines.make(100), in: folder)
    #expect(try await again.messages() == (Lines.messages(50) + Lines.messages(100)).sorted())
    await again.stop()
  }
}
