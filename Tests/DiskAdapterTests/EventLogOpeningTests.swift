import Application
import Domain
import EventLogContract
import Glibc
import Testing
import Threads

@testable import DiskAdapter

/// What the log says when its folder is not as it should be, and how it ends.
@Suite("Disk event log, opened and closed", .timeLimit(.minutes(1)))
struct EventLogOpeningTests {
  private static let pool = ThreadPool(name: "disk-test", threads: 2)
  private static let partition = PartitionID(0)
  private static let first = "/disk/log/0/" + SegmentName.text(0)

  @Test("a restart keeps epoch, offsets and contents")
  func restart() async throws {
    try await withTemporaryFolder { folder in
      let configuration = DiskEventLogConfiguration(folder: folder + "/x/log")
      var log = try await DiskEventLogTests.open(configuration, seed: 1)
      let before = try await log.append(SampleRecord.numbered(5), to: Self.partition)
      await log.close()
      log = try await DiskEventLogTests.open(configuration, seed: 2)
      let slice = try await log.read(Self.partition, from: 0, limit: 1_000, patience: .zero)
      #expect(slice.records.map(\.record) == [SampleRecord.numbered(5)])
      #expect(slice.bounds == LogBounds(epoch: before.epoch, start: 0, end: 1))
      #expect(try await log.append(SampleRecord.numbered(6), to: Self.partition).offset == 1)
      await log.close()
    }
  }

  @Test("a deleted folder is another epoch")
  func epoch() async throws {
    let first = try await Self.open(SimulatedFileSystem(), seed: 1).bounds(of: Self.partition).epoch
    let second = try await Self.open(SimulatedFileSystem(), seed: 2).bounds(of: Self.partition).epoch
    #expect(first != second)
  }

  @Test("placements are kept, and a change adds one")
  func placements() async throws {
    var files = SimulatedFileSystem()
    var expected: [Placement] = []
    for (partitions, spread, isNew) in [(1, 1, true), (1, 1, false), (4, 2, true), (4, 2, false), (2, 1, true)] {
      var configuration = DiskEventLogConfiguration(folder: "/disk/log", partitions: partitions, spread: spread)
      configuration.recentBytes = 0
      if isNew { expected.append(Placement(version: UInt32(expected.count), partitions: partitions, spread: spread)) }
      let log = try await Self.open(files, configuration)
      #expect(try await log.placements() == expected)
      // Partitions that an older placement names are still there.
      #expect(try await log.partitions().count == expected.map(\.partitions).max())
      files = files.afterKill()
    }
  }

  @Test("two processes cannot have one log")
  func lock() async throws {
    try await withTemporaryFolder { folder in
      let configuration = DiskEventLogConfiguration(folder: folder)
      let log = try await DiskEventLogTests.open(configuration)
      await Self.expectRejection(naming: folder + "/lock") { _ = try await DiskEventLogTests.open(configuration) }
      await log.close()
      await (try await DiskEventLogTests.open(configuration)).close()
    }
  }

  @Test("a newer segment format is refused by name")
  func newerVersion() async throws {
    let files = SimulatedFileSystem()
    _ = try await Self.open(files)
    let next = files.afterKill()
    next.withContent(of: Self.first) { $0[8] = 2 }
    await Self.expectRejection(
      naming: "'\(Self.first)' cannot be read: it has format 2, this build reads 1: upgrade cordwood"
    ) {
      _ = try await Self.open(next)
    }
  }

  @Test("a segment of another log is refused by name")
  func foreignSegment() async throws {
    let files = SimulatedFileSystem()
    _ = try await Self.open(files)
    let header = SegmentHeader(
      partition: Self.partition, epoch: LogEpoch(Identifier128(high: 1, low: 2)), base: 7, created: .epoch)
    let next = files.afterKill()
    try next.replace("/disk/log/0/" + SegmentName.text(7), with: header.encoded())
    await Self.expectRejection(naming: SegmentName.text(7)) { _ = try await Self.open(next) }
    let renamed = files.afterKill()
    try renamed.rename(Self.first, to: "/disk/log/0/" + SegmentName.text(3))
    await Self.expectRejection(naming: SegmentName.text(3)) { _ = try await Self.open(renamed) }
  }

  @Test("a closed log says so, also to those who wait")
  func closing() async throws {
    let log = try await Self.open(SimulatedFileSystem())
    async let waiting = Self.outcome {
      _ = try await log.read(Self.partition, from: 0, limit: 1, patience: .seconds(30))
    }
    async let appends = Self.outcome {
      for number in 0..<1_000 { _ = try await log.append(SampleRecord.numbered(number), to: Self.partition) }
    }
    await log.close()
    // The reader may have seen the first record before the log was closed.
    if let error = await waiting { #expect(Self.isClosed(error)) }
    if let error = await appends { #expect(Self.isClosed(error)) }
    for error in [
      await Self.outcome { _ = try await log.append(SampleRecord.numbered(0), to: Self.partition) },
      await Self.outcome { _ = try await log.read(Self.partition, from: 0, limit: 1, patience: .zero) },
      await Self.outcome { _ = try await log.bounds(of: Self.partition) },
    ] {
      #expect(error.map(Self.isClosed) == true)
    }
  }

  @Test("records that the log cannot take are rejected")
  func unsuitableRecords() async throws {
    let log = try await Self.open(SimulatedFileSystem())
    for bytes in [
      [], Array("CWR".utf8), [UInt8](repeating: 0, count: 100), SampleRecord.numbered(0, payloadBytes: 5 << 20).bytes,
    ] {
      let error = await Self.outcome { _ = try await log.append(EncodedRecord(bytes: bytes), to: Self.partition) }
      guard case .rejected = error else {
        Issue.record("\(bytes.count) bytes: \(String(describing: error))")
        return
      }
    }
  }

  @Test("a slow device pushes back: callers wait, then are told that the log is full, and nothing is lost")
  func backPressure() async throws {
    var configuration = DiskEventLogConfiguration(folder: "/disk/log")
    configuration.queueBytes = 2_000
    configuration.appendPatience = .milliseconds(20)
    // The device, not a wait of the test: nothing can be awaited here.
    let files = ObservedFileSystem(SimulatedFileSystem()) { usleep(60_000) }
    let log = try await Self.open(files, configuration)
    let outcomes = await withTaskGroup(of: Bool?.self) { group in
      for number in 0..<40 {
        group.addTask {
          let error = await Self.outcome { _ = try await log.append(SampleRecord.numbered(number), to: Self.partition) }
          switch error {
          case nil: return true
          case .full: return false
          default: return nil
          }
        }
      }
      return await group.reduce(into: [Bool?]()) { $0.append($1) }
    }
    #expect(outcomes.allSatisfy { $0 != nil })
    #expect(outcomes.contains(false) && outcomes.contains(true))
    #expect(try await log.bounds(of: Self.partition).end == UInt64(outcomes.count { $0 == true }))
  }

  private static func isClosed(_ error: EventLogError) -> Bool {
    if case .closed = error { true } else { false }
  }

  private static func outcome(_ call: () async throws -> Void) async -> EventLogError? {
    do { try await call() } catch { return error as? EventLogError }
    return nil
  }

  private static func expectRejection(naming text: String, _ call: () async throws -> Void) async {
    guard case .rejected(let reason) = await outcome(call), reason.contains(text) else {
      Issue.record("no rejection that names \(text)")
      return
    }
  }

  private static func open(
    _ files: any FileSystem,
    _ configuration: DiskEventLogConfiguration = DiskEventLogConfiguration(folder: "/disk/log"),
    seed: UInt64 = 1
  ) async throws(EventLogError) -> DiskEventLog {
    try await DiskEventLog.open(configuration, in: files, pool: pool, seed: seed)
  }
}
