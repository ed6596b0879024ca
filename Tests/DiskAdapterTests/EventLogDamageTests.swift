import Application
import Domain
import EventLogContract
import Testing
import Threads

@testable import DiskAdapter

/// What can be read of a log that is damaged, and what becomes of the damaged files.
@Suite("Disk event log, damaged", .timeLimit(.minutes(1)))
struct EventLogDamageTests {
  private static let pool = ThreadPool(name: "disk-test", threads: 4)
  private static let partition = PartitionID(0)
  private static let folder = "/disk/log/0/"
  /// A frame with a sample record.
  private static let frame = RecordFrame.headerBytes + SampleRecord.numbered(0).bytes.count

  /// Ways to damage the second of six segments.
  enum Damage: String, CaseIterable, Sendable {
    case flippedBit, truncated, emptied, removed, damagedHeader, overwritten
  }

  @Test(
    "what is readable before and behind damage is read, and the log says where to go on", arguments: Damage.allCases)
  func readsAround(_ damage: Damage) async throws {
    let files = try await Self.filled()
    let bases = try Self.bases(files)
    let path = Self.folder + SegmentName.text(bases[1])
    switch damage {
    case .flippedBit: files.withContent(of: path) { $0[SegmentHeader.byteCount + Self.frame + 40] ^= 1 }
    case .truncated: files.withContent(of: path) { $0.removeLast(Self.frame + 1) }
    case .emptied: files.withContent(of: path) { $0 = [] }
    case .removed: try files.remove(path)
    case .damagedHeader: files.withContent(of: path) { $0[20] ^= 1 }
    case .overwritten: files.withContent(of: path) { for index in 100..<500 { $0[index] = 0xFF } }
    }
    let telemetry = RecordingTelemetry()
    let log = try await Self.open(files, telemetry)
    #expect(try await log.bounds(of: Self.partition).end == 40, "offsets stay")
    let (found, gaps) = try await Self.readAll(log)
    let lost = gaps.reduce(0) { $0 + $1.count }
    #expect(found.count + lost == 40)
    #expect(found.allSatisfy { Int($0.offset) == SampleRecord.number($0.record) })
    #expect(gaps.allSatisfy { $0.lowerBound >= bases[1] && $0.upperBound <= bases[2] })
    let expected: Int =
      switch damage {
      case .damagedHeader: 0
      case .flippedBit: 1
      case .truncated: 2
      case .emptied, .removed: Int(bases[2] - bases[1])
      case .overwritten: 4
      }
    #expect(lost == expected, "\(gaps)")
    // It is told once, with the path; a file that is there is kept whatever is trimmed.
    let told = telemetry.events.compactMap { event in
      if case .logDamaged(_, let records, let reason) = event { (records: records, reason: reason) } else { nil }
    }
    let telling = told.filter { $0.records > 0 }
    #expect(telling.map(\.records) == (lost == 0 ? [] : [UInt64(lost)]))
    let isHeader = damage == .damagedHeader || damage == .emptied
    #expect(told.filter { $0.records == 0 && $0.reason.contains(path) }.count == (isHeader ? 1 : 0))
    _ = try await Self.readAll(log)
    #expect(telemetry.events.filter { if case .logDamaged = $0 { true } else { false } }.count == told.count)
    try await log.trim(Self.partition, below: 40)
    let kept = try files.entries(of: "/disk/log/0").map(\.name).filter { $0.hasPrefix("damaged-") }
    // Of a file that is missing its name is told, and the whole one before it is left alone.
    let suspect = damage == .damagedHeader || damage == .removed ? [] : [bases[1]]
    #expect(log.missingFiles == (damage == .removed ? [Self.folder + DamagedSegmentName.missing(bases[1])] : []))
    #expect(damage != .removed || telling.first?.reason.contains("'\(path)' is missing") == true)
    #expect(kept == suspect.map { "damaged-" + SegmentName.text($0) })
    #expect(log.damagedFiles == kept.map { Self.folder + $0 })
    #expect(suspect.isEmpty != (telling.first?.reason.contains("damaged-") == true))
    // A restart still knows of it, and the log goes on.
    let again = try await Self.open(files.afterKill())
    #expect(again.damagedFiles == log.damagedFiles)
    #expect(try await again.append(SampleRecord.numbered(40), to: Self.partition).offset == 40)
  }

  @Test("a header that is damaged costs nothing, not even that of the only segment", arguments: [0, 16, 40, 63])
  func onlyHeader(_ byte: Int) async throws {
    let files = SimulatedFileSystem()
    let log = try await Self.open(files, segmentBytes: 1 << 20)
    for number in 0..<5 { _ = try await log.append(SampleRecord.numbered(number), to: Self.partition) }
    let epoch = try await log.bounds(of: Self.partition).epoch
    let next = files.afterKill()
    next.withContent(of: Self.folder + SegmentName.text(0)) { $0[byte] ^= 1 }
    let again = try await Self.open(next, seed: 2)
    #expect(try await again.bounds(of: Self.partition) == LogBounds(epoch: epoch, start: 0, end: 5))
    #expect(try await again.append(SampleRecord.numbered(5), to: Self.partition).offset == 5)
    #expect(try await Self.readAll(again).records.map { SampleRecord.number($0.record) } == [0, 1, 2, 3, 4, 5])
    #expect(try Self.bases(next) == [0, 5], "the damaged one is not written any more")
    let third = try await Self.open(next.afterKill(), seed: 3)
    #expect(try await Self.readAll(third).records.count == 6)
  }

  @Test("without any epoch the segments are set aside and a new epoch begins, which the index notices")
  func nothingReadable() async throws {
    let files = SimulatedFileSystem()
    let log = try await Self.open(files)
    _ = try await log.append(SampleRecord.numbered(0), to: Self.partition)
    let next = files.afterKill()
    next.withContent(of: Self.folder + SegmentName.text(0)) { $0[20] ^= 1 }
    next.withContent(of: Self.folder + "epoch") { $0[20] ^= 1 }
    let again = try await Self.open(next, seed: 2)
    let bounds = try await again.bounds(of: Self.partition)
    #expect(bounds.start == 0 && bounds.end == 0)
    #expect(try await log.bounds(of: Self.partition).epoch != bounds.epoch)
    #expect(again.damagedFiles == [Self.folder + "damaged-" + SegmentName.text(0)])
    #expect(try await Self.open(next.afterKill(), seed: 3).bounds(of: Self.partition).epoch == bounds.epoch)
  }

  @Test("a first segment that is missing is where the log begins")
  func missingFirst() async throws {
    let files = try await Self.filled()
    let bases = try Self.bases(files)
    try files.remove(Self.folder + SegmentName.text(0))
    let log = try await Self.open(files)
    #expect(try await log.bounds(of: Self.partition).start == bases[1])
  }

  @Test("a segment that is removed under a running log is damage, not something to wait for")
  func removedUnderUs() async throws {
    let files = try await Self.filled()
    let bases = try Self.bases(files)
    let log = try await Self.open(files)
    try files.remove(Self.folder + SegmentName.text(bases[1]))
    let (records, gaps) = try await Self.readAll(log)
    #expect(gaps == [bases[1]..<bases[2]])
    #expect(records.count == 40 - gaps[0].count)
  }

  @Test("a device that fails reads is told of until it works again", arguments: [1_000, 1 << 20])
  func failingReads(_ segmentBytes: Int) async throws {
    let files = SimulatedFileSystem()
    let telemetry = RecordingTelemetry()
    let log = try await Self.open(files, telemetry, segmentBytes: segmentBytes)
    for number in 0..<40 { _ = try await log.append(SampleRecord.numbered(number), to: Self.partition) }
    files.set(.init(unreadable: 100..<200))
    for _ in 0..<3 {
      let error = await #expect(throws: EventLogError.self) {
        try await log.read(Self.partition, from: 0, limit: 1, patience: .zero)
      }
      guard case .unavailable = error else {
        Issue.record("\(String(describing: error))")
        return
      }
    }
    let told = telemetry.events.count { if case .logReadFailed(Self.partition, _) = $0 { true } else { false } }
    #expect(told == 3)
    #expect(log.failedReads.count == 1 && log.failedReads[0].contains(Self.folder + SegmentName.text(0)))
    files.set(.init())
    #expect(try await log.read(Self.partition, from: 0, limit: 1, patience: .zero).records.count == 1)
    #expect(log.failedReads.isEmpty)
  }

  @Test("damage below what is committed is trimmed unseen")
  func belowTheWatermark() async throws {
    let files = try await Self.filled()
    let path = Self.folder + SegmentName.text(try Self.bases(files)[1])
    files.withContent(of: path) { $0[200] ^= 1 }
    let telemetry = RecordingTelemetry()
    let log = try await Self.open(files, telemetry)
    try await log.trim(Self.partition, below: 40)
    #expect(log.damagedFiles.isEmpty)
    #expect(!telemetry.events.contains { if case .logDamaged = $0 { true } else { false } })
  }

  // MARK: -

  private static func open(
    _ files: SimulatedFileSystem, _ telemetry: RecordingTelemetry = RecordingTelemetry(), segmentBytes: Int = 1_000,
    seed: UInt64 = 1
  ) async throws(EventLogError) -> DiskEventLog {
    try await DiskEventLog.open(
      .unbuffered(segmentBytes: segmentBytes, keepBytes: 0), in: files, pool: pool, telemetry, seed: seed)
  }

  /// What a killed process left: 40 records in six segments.
  private static func filled() async throws -> SimulatedFileSystem {
    let files = SimulatedFileSystem()
    let log = try await open(files)
    for number in 0..<40 { _ = try await log.append(SampleRecord.numbered(number), to: partition) }
    return files.afterKill()
  }

  private static func bases(_ files: SimulatedFileSystem) throws -> [UInt64] {
    try files.entries(of: "/disk/log/0").compactMap { SegmentName.base($0.name) }.sorted()
  }

  /// Reads as an owner does: where something cannot be read, it goes on where the log says.
  private static func readAll(_ log: DiskEventLog) async throws -> (records: [LogRecord], gaps: [Range<UInt64>]) {
    let bounds = try await log.bounds(of: partition)
    var (records, gaps): ([LogRecord], [Range<UInt64>]) = ([], [])
    var position = bounds.start
    while position < bounds.end {
      do throws(EventLogError) {
        let slice = try await log.read(partition, from: position, limit: 400, patience: .zero)
        records += slice.records
        position += UInt64(slice.records.count)
      } catch {
        guard case .corrupt(partition, position, let next, _) = error, next > position else { throw error }
        gaps.append(position..<next)
        position = next
      }
    }
    return (records, gaps)
  }
}
