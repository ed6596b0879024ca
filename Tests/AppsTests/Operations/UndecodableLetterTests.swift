import Application
import DiskAdapter
import Domain
import Foundation
import InMemoryAdapter
import InProcessAdapter
import Testing
import Threads

@Suite("cordwood dlq, with bytes that are no record", .timeLimit(.minutes(2)))
struct UndecodableLetterTests {
  private static let pool = ThreadPool(name: "test-disk", threads: 2)
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  private func dlq(_ arguments: String...) async throws -> ProgramOutcome {
    try await ProgramProcess.run(.cordwood, ["dlq"] + arguments, environment: ["DATA_DIR": folder.path(of: "data")])
  }

  /// A record as an ingestor writes it, with one event.
  private static func record(_ message: String) throws -> EncodedRecord {
    var columns = EventColumns()
    let none: [UInt8] = []
    let now = SystemClock().now()
    columns.endEvent(
      timestamp: now, severity: .info, severityText: none.span, message: Array(message.utf8).span, traceID: nil,
      spanID: nil, index: 0)
    let header = BatchHeader(
      stream: StreamID(tenant: .default, service: try ServiceName("web")),
      producer: ProducerID(Identifier128(high: 12, low: 1)), sequence: 0, digest: 5, firstSent: now, received: now)
    return EncodedRecord(header, columns)
  }

  @Test("one that this version still cannot read is listed, shown, replayed in vain and dropped, and stops nothing")
  func unreadable() async throws {
    let first = try await RunningServer(in: folder)
    await first.stop()
    // As a newer version would write it: the log takes any bytes in a record's envelope.
    var bytes = try Self.record("of the future").bytes
    bytes[3] = 99
    var configuration = DiskEventLogConfiguration(folder: folder.path(of: "data/log"))
    configuration.keepsPlacements = true
    let log = try await DiskEventLog.open(
      configuration, pool: Self.pool, clock: SystemClock(), identifiers: RandomIdentifiers(),
      telemetry: RecordingTelemetry())
    _ = try await log.append(EncodedRecord(bytes: bytes), to: PartitionID(0))
    await log.close()

    let server = try await RunningServer(in: folder, environment: ["FLUSH_AGE": "100ms"])
    try await server.send([.init(messages: ["behind it"])])
    try await server.wait { try await server.metric("cordwood_dead_letters", #"reason="undecodable""#) == 1 }
    try await server.wait { try await dlq("list").lines.count == 1 }
    #expect(try await server.messages() == ["behind it"])
    let shown = try await dlq("show", "1", "--output", "text")
    #expect(shown.output.contains("undecodable"), "\(shown.output)")
    let replay = try await dlq("replay", "--reason", "undecodable", "--output", "text")
    #expect(replay.end == .exited(1))
    #expect(replay.output.contains("letter 1 (undecodable): cannot be decoded: "), "\(replay.output)")
    #expect(replay.output.contains("version 99"), "\(replay.output)")
    #expect(replay.error == "0 accepted, 1 cannot be decoded by this version\n")
    #expect(try await dlq("drop", "--force").output == "1 dead letter dropped\n")
    #expect(try await server.metric("cordwood_dead_letters") == 0)
    await server.stop()
  }

  @Test(
    "one that this version can read, unlike the one that found it, is replayed and found once",
    arguments: [true, false])
  func readable(_ throughServer: Bool) async throws {
    let first = try await RunningServer(in: folder)
    await first.stop()
    let bytes = try Self.record("of the past").bytes
    let queue = try await DiskDeadLetterQueue.open(
      DiskDeadLetterQueueConfiguration(folder: folder.path(of: "data/dead-letters")), pool: Self.pool,
      telemetry: RecordingTelemetry())
    try await queue.append([
      DeadLetter(
        id: .bytes(checksum: CRC32C.checksum(bytes.span), count: bytes.count), reason: .undecodable,
        content: .record(bytes), time: SystemClock().now(), tenant: nil, flush: nil)
    ])
    await queue.close()

    var server = throughServer ? try await RunningServer(in: folder) : nil
    let replay = try await dlq("replay", "--output", "text")
    #expect(replay.end == .exited(0) && replay.output == "letter 1 (undecodable): accepted\n", "\(replay.error)")
    #expect(try await dlq("replay", "--output", "text").output.contains("already, not sent again"))
    if server == nil { server = try await RunningServer(in: folder) }
    let running = try #require(server)
    #expect(try await running.messages() == ["of the past"])
    #expect(try await dlq("drop").output == "1 dead letter dropped\n")
    await running.stop()
  }
}
