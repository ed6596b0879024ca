import Application
import Domain
import EventLogContract
import Testing
import Threads

@testable import DiskAdapter

/// A round that a kill or a power cut ended before it was durable: nobody was told of it, so that what is broken of it is no
/// damage, whatever the mark of the durable end says.
@Suite("Disk event log, with a torn last round", .timeLimit(.minutes(1)))
struct EventLogTornRoundTests {
  private static let pool = ThreadPool(name: "disk-test", threads: 4)
  private static let partition = PartitionID(0)
  private static let segment = "/disk/log/0/" + SegmentName.text(0)
  private static let mark = "/disk/log/0/" + DurableEndFile.name
  /// Records that were acknowledged, and those of the torn round behind them.
  private static let acknowledged = 3
  private static let attempted = 3
  private static let payloadBytes = 1_300

  /// What the crash left of the mark.
  enum Mark: CaseIterable, Sendable {
    case newest, older, ofTheStart, unreadable, none
  }

  @Test("cut short anywhere it is no gap", arguments: Mark.allCases)
  func cutShort(_ mark: Mark) async throws {
    let (files, round, frame) = try await Self.crashed(mark)
    let within = [0, 1, 7, 31, 32, 33, 39, 40, 41, 700, frame - 1]
    for cut in (0..<Self.attempted).flatMap({ index in within.map { index * frame + $0 } }) + [round.count] {
      let torn = files.afterKill()
      torn.withContent(of: Self.segment) { $0 += round[..<cut] }
      try await Self.expectNoGap(torn, whole: cut / frame, "\(cut) of \(round.count) bytes were written")
    }
  }

  @Test("with any of its sectors unwritten it is no gap", arguments: Mark.allCases)
  func unwrittenSectors(_ mark: Mark) async throws {
    let (files, round, frame) = try await Self.crashed(mark)
    let start = try files.open(Self.segment, .read).size()
    let sectors = (start / 512)...((start + round.count - 1) / 512)
    // Each single one, all from one on, and all up to one.
    let choices = sectors.flatMap { [$0...$0, $0...sectors.upperBound, sectors.lowerBound...$0] }
    for unwritten in choices {
      let torn = files.afterKill()
      let hole = max(unwritten.lowerBound * 512, start)..<min((unwritten.upperBound + 1) * 512, start + round.count)
      torn.withContent(of: Self.segment) {
        $0 += round
        for position in hole { $0[position] = 0 }
      }
      try await Self.expectNoGap(
        torn, whole: (hole.lowerBound - start) / frame, "sectors \(unwritten) were not written")
    }
  }

  @Test("a segment that was begun and not written to is no gap", arguments: Mark.allCases)
  func begun(_ mark: Mark) async throws {
    let (files, _, _) = try await Self.crashed(mark)
    let epoch = try #require(EpochFile.read(in: "/disk/log/0", files))
    let header = SegmentHeader(
      partition: Self.partition, epoch: epoch, base: UInt64(Self.acknowledged), created: Timestamp(nanoseconds: 1))
    _ = try OpenSegment(new: header, in: "/disk/log/0", files)
    try await Self.expectNoGap(files, whole: 0, "a new segment")
  }

  // MARK: -

  /// What is there of a log whose next round was about to be written, the bytes of that round, and those of one frame.
  private static func crashed(
    _ mark: Mark
  ) async throws -> (files: SimulatedFileSystem, round: [UInt8], frame: Int) {
    let files = SimulatedFileSystem()
    let log = try await open(files)
    let epoch = try await log.bounds(of: partition).epoch
    for number in 0..<acknowledged { _ = try await log.append(record(number), to: partition) }
    let folder = "/disk/log/0"
    #expect(DurableEndFile.read(in: folder, of: epoch, files)?.offset == UInt64(acknowledged))
    switch mark {
    case .newest: break
    case .older: DurableEndFile(offset: 1, isExact: false).note(in: folder, of: epoch, files)
    case .ofTheStart: DurableEndFile(offset: 0, isExact: false).note(in: folder, of: epoch, files)
    case .unreadable: files.withContent(of: Self.mark) { $0[$0.count - 3] ^= 1 }
    case .none: try files.remove(Self.mark)
    }
    var round: [UInt8] = []
    for number in acknowledged..<(acknowledged + attempted) {
      let record = record(number)
      RecordFrame(
        length: record.bytes.count, offset: UInt64(number), appended: Timestamp(nanoseconds: 1),
        durableBelow: UInt64(acknowledged)
      ).appendHeader(to: &round, record: record.bytes.span, RecordFrame.checksumStart(epoch))
      round += record.bytes
    }
    return (files.afterKill(), round, round.count / attempted)
  }

  private static func record(_ number: Int) -> EncodedRecord {
    SampleRecord.numbered(number, payloadBytes: payloadBytes)
  }

  private static func open(_ files: SimulatedFileSystem) async throws(EventLogError) -> DiskEventLog {
    try await DiskEventLog.open(.unbuffered(), in: files, pool: pool)
  }

  /// The log has what was acknowledged and the round's first `whole` records, goes on right behind, and so it is after the
  /// next kill.
  private static func expectNoGap(_ files: SimulatedFileSystem, whole: Int, _ what: String) async throws {
    let end = acknowledged + whole
    let log = try await open(files)
    #expect(try await log.bounds(of: partition).end == UInt64(end), "\(what)")
    #expect(log.missingFiles.isEmpty, "\(what)")
    #expect(try await numbers(in: log) == Array(0..<end), "\(what)")
    #expect(try await log.append(record(end), to: partition).offset == UInt64(end), "\(what)")
    let next = try await open(files.afterKill())
    #expect(try await numbers(in: next) == Array(0...end), "\(what)")
  }

  private static func numbers(in log: DiskEventLog) async throws -> [Int?] {
    let end = try await log.bounds(of: partition).end
    var numbers: [Int?] = []
    while UInt64(numbers.count) < end {
      let position = UInt64(numbers.count)
      let records = try await log.read(partition, from: position, limit: 1_000_000, patience: .zero).records
      try #require(!records.isEmpty)
      numbers += records.map { SampleRecord.number($0.record) }
    }
    return numbers
  }
}
