import Foundation
import Glibc
import Testing

/// A server whose data was damaged or lost while it did not run: it names what is missing, and serves the rest.
@Suite("cordwood serve, on damaged data", .timeLimit(.minutes(2)))
struct DamagedDataTests {
  /// Nothing is flushed, so that all is in the log alone.
  private static let unflushed = ["FLUSH_AGE": "1h"]
  private static let prompt = ["FLUSH_AGE": "200ms"]
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  @Test("serves what is readable of a damaged log, says what is not, and keeps the damaged file")
  func damagedLog() async throws {
    var server = try await RunningServer(in: folder, environment: Self.unflushed)
    for number in 0..<5 { try await server.take(Lines.make(20, service: "service-\(number)"), in: folder) }
    await server.kill()
    let segment = try #require(folder.files(below: "data/log/0", endingIn: ".segment").first)
    var bytes = try Data(contentsOf: URL(fileURLWithPath: segment))
    bytes[bytes.count / 2] ^= 0x55
    try bytes.write(to: URL(fileURLWithPath: segment))

    server = try await RunningServer(in: folder, environment: Self.unflushed)
    try await server.wait { try await server.metric("cordwood_gap_records_total") == 1 }
    let answer = try await server.query("--limit", "1000", "--output", "json")
    #expect(answer.lines.count == 80, "one batch of five is lost")
    #expect(answer.error.contains("NOT complete") && answer.error.contains("lost"), "\(answer.error)")
    #expect(try await server.metric("cordwood_log_damaged_records_total") == 1)
    try await server.wait { try await server.readiness().status == 200 }
    let kept = try #require(folder.files(below: "data/log/0", endingIn: ".segment").first { $0.contains("/damaged-") })
    #expect(try await server.readiness().body.contains("something in '\(kept)' is damaged"))
    await server.stop()
  }

  @Test("counts damage to the very last record as lost after a clean stop, and not as a torn tail")
  func damagedEnd() async throws {
    var server = try await RunningServer(in: folder, environment: Self.unflushed)
    for number in 0..<3 { try await server.take(Lines.make(20, service: "service-\(number)"), in: folder) }
    await server.kill()
    // A start marks the end as well as a stop does, and flushes nothing.
    server = try await RunningServer(in: folder, environment: Self.unflushed)
    await server.kill()
    let segment = try #require(folder.files(below: "data/log/0", endingIn: ".segment").first)
    var bytes = try Data(contentsOf: URL(fileURLWithPath: segment))
    bytes[bytes.count - 10] ^= 0x55
    try bytes.write(to: URL(fileURLWithPath: segment))

    server = try await RunningServer(in: folder, environment: Self.unflushed)
    try await server.wait { try await server.metric("cordwood_gap_records_total") == 1 }
    let answer = try await server.query("--limit", "1000", "--output", "json")
    #expect(answer.lines.count == 40, "one batch of three is lost")
    #expect(answer.error.contains("NOT complete") && answer.error.contains("lost"), "\(answer.error)")
    try await server.take(Lines.make(20, service: "later"), in: folder)
    #expect(try await server.query("--service", "later", "--limit", "1000").lines.count == 20)
    await server.stop()
  }

  enum LostEnd: CaseIterable, Sendable { case emptied, zeros, cutInHalf, removed }

  @Test("calls no answer complete when an unknown part of the log's end is gone", arguments: LostEnd.allCases)
  func lostEnd(_ loss: LostEnd) async throws {
    var server = try await RunningServer(in: folder, environment: Self.unflushed)
    for number in 0..<5 { try await server.take(Lines.make(20, service: "service-\(number)"), in: folder) }
    await server.kill()
    let segment = try #require(folder.files(below: "data/log/0", endingIn: ".segment").first)
    var bytes = try Data(contentsOf: URL(fileURLWithPath: segment))
    switch loss {
    case .emptied: bytes = Data()
    case .zeros: bytes = Data(count: bytes.count)
    case .cutInHalf: bytes.removeLast(bytes.count / 2)
    case .removed: try FileManager.default.removeItem(atPath: segment)
    }
    if loss != .removed { try bytes.write(to: URL(fileURLWithPath: segment)) }

    server = try await RunningServer(in: folder, environment: Self.unflushed)
    try await server.wait { try await server.metric("cordwood_gap_records_total") >= 1_048_576 }
    let answer = try await server.query("--limit", "1000", "--output", "json")
    #expect(loss == .cutInHalf ? (20..<100).contains(answer.lines.count) : answer.lines.isEmpty)
    #expect(answer.error.contains("NOT complete") && answer.error.contains("lost"), "\(answer.error)")
    let note = loss == .removed ? "/missing-" : "/damaged-"
    try await server.wait { try await server.readiness().status == 200 }
    #expect(try await server.readiness().body.contains(note))
    try await server.take(Lines.make(20, service: "later"), in: folder)
    #expect(try await server.query("--service", "later", "--limit", "1000").lines.count == 20)
    await server.stop()
  }

  @Test("acknowledges nothing on an older copy of the log, so that it can be moved away without loss")
  func olderLog() async throws {
    var server = try await RunningServer(in: folder, environment: Self.prompt)
    try await server.take(Lines.make(30, service: "early"), in: folder)
    try await server.wait { try await server.metric("cordwood_processor_flushed_events_total") == 30 }
    await server.kill()
    let (log, copy) = (folder.path(of: "data/log/0"), folder.path(of: "copy"))
    try FileManager.default.copyItem(atPath: log, toPath: copy)
    server = try await RunningServer(in: folder, environment: Self.prompt)
    try await server.take(Lines.make(30, service: "middle"), in: folder)
    try await server.wait { try await server.metric("cordwood_processor_flushed_events_total") == 30 }
    await server.kill()
    try FileManager.default.removeItem(atPath: log)
    try FileManager.default.copyItem(atPath: copy, toPath: log)

    server = try await RunningServer(in: folder, environment: Self.prompt)
    let waiting = try server.startImport(Lines.make(30, service: "late"), in: folder)
    try await server.wait { try await server.metric("cordwood_ingest_delayed_batches_total", "log-set-back") > 0 }
    #expect(waiting.isRunning)
    #expect(try await server.metric("cordwood_ingest_events_total") == 0)
    let readiness = try await server.readiness()
    #expect(readiness.status == 503)
    for part in ["partition 0", log, "older copy", "cordwood index new-epoch --partition 0"] {
      #expect(readiness.body.contains(part), "\(readiness.body)")
    }
    waiting.send(SIGKILL)
    #expect(await waiting.ended() == .signalled(SIGKILL))
    await server.stop()

    // The printed advice.
    try FileManager.default.moveItem(atPath: log, toPath: folder.path(of: "away"))
    server = try await RunningServer(in: folder, environment: Self.prompt)
    let told = try await ProgramProcess.run(
      .cordwood, ["index", "new-epoch", "--data-dir", folder.path(of: "data"), "--partition", "0"])
    #expect(told.end == .exited(0), "\(told.error)")
    try await server.take(Lines.make(30, service: "late"), in: folder)
    try await server.wait { try await server.metric("cordwood_processor_flushed_events_total") == 30 }
    #expect(try await server.query("--limit", "1000").lines.count == 90)
    await server.stop()
  }

  @Test(
    "stands still when the log was deleted, and goes on when told so, with all that is stored",
    arguments: [true, false])
  func deletedLog(_ throughServer: Bool) async throws {
    var server = try await RunningServer(in: folder, environment: Self.prompt)
    try await server.take(Lines.make(100), in: folder)
    try await server.wait { try await server.metric("cordwood_processor_flushed_events_total") == 100 }
    await server.kill()
    try FileManager.default.removeItem(atPath: folder.path(of: "data/log"))

    server = try await RunningServer(in: folder, environment: Self.prompt)
    try await server.wait { try await server.readiness().body.contains("cordwood index new-epoch --partition 0") }
    try await server.take(Lines.make(50, service: "later"), in: folder)
    #expect(try await server.query("--limit", "1000").lines.count == 100, "what is stored can be found all along")
    if !throughServer { await server.stop() }
    let told = try await ProgramProcess.run(
      .cordwood, ["index", "new-epoch", "--data-dir", folder.path(of: "data"), "--partition", "0"])
    #expect(told.end == .exited(0) && told.output.contains("partition 0 goes on with log epoch"), "\(told.error)")
    if !throughServer { server = try await RunningServer(in: folder, environment: Self.prompt) }
    try await server.wait { try await server.metric("cordwood_processor_flushed_events_total") > 0 }
    try await server.wait { try await server.readiness().status == 200 }
    #expect(try await server.query("--limit", "1000").lines.count == 150)
    let again = try await ProgramProcess.run(.cordwood, ["index", "new-epoch", "--data-dir", folder.path(of: "data")])
    #expect(again.output.contains("nothing to do"))
    await server.stop()
  }

  enum Loss: String, CaseIterable, Sendable { case deleted, flippedBit, truncated, emptied }

  @Test(
    "names an object that is missing or damaged, serves the others, and inspect says what is wrong",
    arguments: Loss.allCases)
  func damagedObject(_ loss: Loss) async throws {
    let server = try await RunningServer(in: folder, environment: Self.prompt)
    for number in 0..<3 {
      try await server.take(Lines.make(50, service: "service-\(number)"), in: folder)
      try await server.wait {
        try await server.metric("cordwood_processor_flushed_events_total") == Double(50 * number + 50)
      }
    }
    let objects = folder.files(below: "data/objects", endingIn: ".cwd")
    let object = try #require(objects.sorted().first)
    try #require(objects.count == 3)
    var bytes = try Data(contentsOf: URL(fileURLWithPath: object))
    switch loss {
    case .deleted: try FileManager.default.removeItem(atPath: object)
    case .flippedBit: bytes[40] ^= 1
    case .truncated: bytes.removeLast(bytes.count / 2)
    case .emptied: bytes = Data()
    }
    if loss != .deleted { try bytes.write(to: URL(fileURLWithPath: object)) }
    let answer = try await server.query("--limit", "1000", "--output", "json")
    #expect(answer.lines.count == 100, "\(answer.error)")
    let name = URL(fileURLWithPath: object).lastPathComponent
    #expect(answer.error.contains("NOT complete") && answer.error.contains(name), "\(answer.error)")
    let inspection = try await ProgramProcess.run(.cordwood, ["inspect", object])
    let isThere = loss != .deleted
    #expect(inspection.end == .exited(isThere ? 1 : 2))
    // With a footer that can be read, the report says which chunk is damaged.
    let said = loss == .flippedBit ? inspection.output.contains("DAMAGED") : inspection.error.contains(object)
    #expect(said, "\(inspection.error) \(inspection.output)")
    await server.stop()
  }
}
