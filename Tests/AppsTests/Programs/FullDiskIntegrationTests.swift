import Foundation
import Glibc
import Testing

/// A server on a device that has no space left. Needs the right to mount; without it `DiskFaultIntegrationTests` has the
/// errors that a full disk gives.
@Suite(
  "cordwood serve, on a full disk", .enabled(if: SmallDevice.isAllowed, "mounting is not allowed"), .serialized,
  .timeLimit(.minutes(3)))
struct FullDiskIntegrationTests {
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  @Test("pushes back and says why, serves what it has, starts again, and goes on by itself once there is space")
  func everything() async throws {
    let device = try SmallDevice(on: folder.path(of: "data"), megabytes: 64)
    defer { device.remove() }
    var server = try await RunningServer(in: folder, environment: ["FLUSH_AGE": "200ms"])
    try await server.take(Lines.make(200, service: "before"), in: folder)
    try await server.wait { try await server.metric("cordwood_processor_flushes_total") > 0 }
    try device.fill()
    let waiting = try server.startImport(Lines.make(2_000, padding: 1_000), in: folder)
    try await server.wait { try await server.metric("cordwood_ingest_delayed_batches_total", "log-full") > 0 }
    let readiness = try await server.readiness()
    #expect(readiness.status == 503 && readiness.body.contains("is full"), "\(readiness.body)")
    #expect(waiting.isRunning)
    #expect(try await server.query("--service", "before", "--limit", "1000").lines.count == 200)
    await server.kill()
    waiting.send(SIGKILL)  // it would try again for ever
    #expect(await waiting.ended() == .signalled(SIGKILL))

    server = try await RunningServer(in: folder, environment: ["FLUSH_AGE": "200ms"])
    #expect(try await server.query("--service", "before", "--limit", "1000").lines.count == 200)
    let again = try server.startImport(Lines.make(2_000, padding: 1_000), in: folder)
    try await server.wait { try await server.metric("cordwood_ingest_delayed_batches_total", "log-full") > 0 }
    #expect(again.isRunning)
    try device.makeRoom()
    #expect(await again.ended() == .exited(0))
    let expected = (Lines.messages(200) + Lines.messages(2_000, padding: 1_000)).sorted()
    try await server.wait { try await server.metric("cordwood_processor_open_events") == 0 }
    #expect(try await server.messages() == expected)
    try await server.wait { try await server.readiness().status == 200 }
    await server.kill()
    server = try await RunningServer(in: folder)
    #expect(try await server.messages() == expected, "what was acknowledged on the way is there, once")
    await server.stop()
  }

  enum Part: String, CaseIterable, Sendable { case objects, index }

  @Test(
    "takes events on while only objects or only the index have no space, and flushes them later",
    arguments: Part.allCases)
  func one(_ part: Part) async throws {
    // The index is a file of the data folder itself; what is not to be full gets a device of its own.
    let devices = try ["data", "data/log", "data/objects", "data/dead-letters"].map {
      try SmallDevice(on: folder.path(of: $0), megabytes: 48)
    }
    defer { for device in devices.reversed() { device.remove() } }
    let full = devices[part == .index ? 0 : 2]
    var server = try await RunningServer(in: folder, environment: ["FLUSH_AGE": "200ms"])
    try await server.take(Lines.make(200, service: "before"), in: folder)
    try await server.wait { try await server.metric("cordwood_processor_flushes_total") > 0 }
    try full.fill()
    try await server.take(Lines.make(2_000, padding: 1_000), in: folder)
    try await server.wait { try await server.metric("cordwood_processor_failed_flushes_total") > 1 }
    let readiness = try await server.readiness()
    #expect(readiness.status == 503 && readiness.body.contains("is full"), "\(readiness.body)")
    await server.kill()

    server = try await RunningServer(in: folder, environment: ["FLUSH_AGE": "200ms"])
    try await server.wait { try await server.metric("cordwood_processor_failed_flushes_total") > 0 }
    try full.makeRoom()
    try await server.wait { try await server.metric("cordwood_processor_flushes_total") > 0 }
    try await server.wait { try await server.readiness().status == 200 }
    #expect(try await server.messages() == (Lines.messages(200) + Lines.messages(2_000, padding: 1_000)).sorted())
    await server.stop()
  }
}
