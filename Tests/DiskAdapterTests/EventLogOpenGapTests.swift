import Application
import Domain
import EventLogContract
import Testing
import Threads

@testable import DiskAdapter

/// Damage to the end of a log by which an unknown number of acknowledged records is lost: the log goes on behind a gap that is
/// larger than what can have been there.
@Suite("Disk event log, with an unknown end", .timeLimit(.minutes(1)))
struct EventLogOpenGapTests {
  private static let pool = ThreadPool(name: "disk-test", threads: 4)
  private static let partition = PartitionID(0)

  /// Ways to damage the last segment after a kill.
  enum Damage: CaseIterable, Sendable {
    case emptied, zeros, headerOnly, headerAndCut, cutInHalf, removed, noiseAtEnd
  }

  @Test(
    "a log whose last segment is broken goes on behind a gap", arguments: Damage.allCases, [1 << 20, 1_000])
  func broken(_ damage: Damage, _ segmentBytes: Int) async throws {
    try await withTemporaryFolder { folder in
      let files = LocalFileSystem()
      let log = try await Self.open(folder, segmentBytes)
      for number in 0..<40 { _ = try await log.append(SampleRecord.numbered(number), to: Self.partition) }
      try await Self.killed(log, folder)
      let names = try files.entries(of: folder + "/0").map(\.name)
      let base = try #require(names.compactMap { SegmentName.base($0) }.max())
      let path = folder + "/0/" + SegmentName.text(base)
      try Self.damage(path, damage, files)
      let survey = try #require(try LogSurvey(folder, budget: .seconds(30))?.partitions.first?.found.get())

      let telemetry = RecordingTelemetry()
      let next = try await Self.open(folder, segmentBytes, telemetry)
      let end = try await next.bounds(of: Self.partition).end
      #expect(end >= 40 + LogEnd.leastReach)
      #expect(survey.end == end && !survey.damage.isEmpty, "who looks at the log is told what the server meets")
      #expect(next.damagedFiles.count + next.missingFiles.count == 1)
      try await Self.expectAll(in: next, end)
      #expect(try await next.append(SampleRecord.numbered(7), to: Self.partition).offset == end)
      try await Self.killed(next, folder)

      // A restart takes the hole for what it is.
      let third = try await Self.open(folder, segmentBytes)
      #expect(try await third.bounds(of: Self.partition).end == end + 1)
      try await Self.expectAll(in: third, end)
      await third.close()
    }
  }

  @Test("a restart before anything is appended adds no second gap", arguments: [Damage.emptied, .removed])
  func restartedAtOnce(_ damage: Damage) async throws {
    try await withTemporaryFolder { folder in
      let log = try await Self.open(folder, 1 << 20)
      for number in 0..<4 { _ = try await log.append(SampleRecord.numbered(number), to: Self.partition) }
      try await Self.killed(log, folder)
      try Self.damage(folder + "/0/" + SegmentName.text(0), damage, LocalFileSystem())
      var ends: Set<UInt64> = []
      for _ in 0..<3 {
        let next = try await Self.open(folder, 1 << 20)
        ends.insert(try await next.bounds(of: Self.partition).end)
        try await Self.killed(next, folder)
      }
      #expect(ends.count == 1)
    }
  }

  @Test("a write that a kill cut short is no gap", arguments: [1, 20, 33, 60])
  func torn(_ bytes: Int) async throws {
    try await withTemporaryFolder { folder in
      let log = try await Self.open(folder, 1 << 20)
      for number in 0..<4 { _ = try await log.append(SampleRecord.numbered(number), to: Self.partition) }
      let epoch = try await log.bounds(of: Self.partition).epoch
      try await Self.killed(log, folder)
      // A frame of which only the beginning was written.
      let record = SampleRecord.numbered(4)
      var frame: [UInt8] = []
      RecordFrame(length: record.bytes.count, offset: 4, appended: Timestamp(nanoseconds: 1), durableBelow: 4)
        .appendHeader(to: &frame, record: record.bytes.span, RecordFrame.checksumStart(epoch))
      frame += record.bytes
      let file = try LocalFileSystem().open(folder + "/0/" + SegmentName.text(0), .update)
      try file.write(Array(frame[..<min(bytes, frame.count - 1)]).span, at: try file.size())
      let next = try await Self.open(folder, 1 << 20)
      #expect(try await next.bounds(of: Self.partition).end == 4)
      #expect(next.damagedFiles.isEmpty && next.missingFiles.isEmpty)
      await next.close()
    }
  }

  // MARK: -

  private static func open(
    _ folder: String, _ segmentBytes: Int, _ telemetry: RecordingTelemetry = RecordingTelemetry()
  ) async throws(EventLogError) -> DiskEventLog {
    try await DiskEventLog.open(
      .unbuffered(folder, segmentBytes: segmentBytes), in: LocalFileSystem(), pool: pool, telemetry)
  }

  /// Ends the log as a kill does: what a clean stop notes is taken back.
  private static func killed(_ log: DiskEventLog, _ folder: String) async throws {
    let files = LocalFileSystem()
    let path = folder + "/0/" + DurableEndFile.name
    // The mark of the last round is noted right after those who wait for it are told.
    let end = try await log.bounds(of: partition).end
    let epoch = try await log.bounds(of: partition).epoch
    while DurableEndFile.read(in: folder + "/0", of: epoch, files)?.offset != end { await Task.yield() }
    let file = try files.open(path, .read)
    let mark = try file.read(try file.size(), at: 0)
    await log.close()
    try files.replace(path, with: mark)
  }

  private static func damage(_ path: String, _ damage: Damage, _ files: LocalFileSystem) throws {
    if damage == .removed { return try files.remove(path) }
    let file = try files.open(path, .update)
    var bytes = try file.read(try file.size(), at: 0)
    switch damage {
    case .emptied: bytes = []
    case .zeros: bytes = [UInt8](repeating: 0, count: bytes.count)
    case .headerOnly: bytes = Array(bytes[..<30])
    case .headerAndCut:
      bytes.removeLast(5)
      bytes[20] ^= 1
    case .cutInHalf: bytes.removeLast((bytes.count - SegmentHeader.byteCount) / 2 + 3)
    case .removed: break
    case .noiseAtEnd: for index in max(SegmentHeader.byteCount, bytes.count - 300)..<bytes.count { bytes[index] = 0xA5 }
    }
    try files.replace(path, with: bytes)
  }

  /// Each offset below `end` has its record or is in a gap that the log names.
  private static func expectAll(in log: DiskEventLog, _ end: UInt64) async throws {
    var position = try await log.bounds(of: partition).start
    var gaps = 0
    var gapEnd: UInt64?
    while position < end {
      do throws(EventLogError) {
        let records = try await log.read(partition, from: position, limit: 400, patience: .zero).records
        for record in records where record.offset < 40 {
          #expect(SampleRecord.number(record.record) == Int(record.offset))
        }
        position += UInt64(records.count)
      } catch {
        guard case .corrupt(partition, position, let next, _) = error, next > position else { throw error }
        // A broken record and the hole behind it are one gap in two pieces.
        if position != gapEnd { gaps += 1 }
        position = next
        gapEnd = next
      }
    }
    let start = try await log.bounds(of: partition).start
    #expect(gaps == 1 || start == end || start > 40)
  }
}
