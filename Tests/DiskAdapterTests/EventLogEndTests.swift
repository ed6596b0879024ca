import Application
import Domain
import EventLogContract
import Testing
import Threads

@testable import DiskAdapter

/// Damage to the very end of a log, where no later frame can tell it from the tail of a crash.
@Suite("Disk event log, damaged at its end", .timeLimit(.minutes(1)))
struct EventLogEndTests {
  private static let pool = ThreadPool(name: "disk-test", threads: 4)
  private static let partition = PartitionID(0)
  private static let first = "/disk/log/0/" + SegmentName.text(0)
  private static let frame = RecordFrame.headerBytes + SampleRecord.numbered(0).bytes.count
  private static let kept = "/disk/log/0/damaged-" + SegmentName.text(0)

  /// Ways to damage the last of three records.
  enum Damage: CaseIterable, Sendable {
    case flippedHeader, flippedRecord, cutShort, zeros, cutOff, emptied, removed
  }

  @Test("after a clean stop it is damage, however it looks", arguments: Damage.allCases)
  func closed(_ damage: Damage) async throws {
    let files = try await Self.filled { await $0.close() }
    try Self.damage(files, damage)
    let telemetry = RecordingTelemetry()
    let log = try await Self.open(files, telemetry)
    // Without any segment the log begins where it ended.
    if damage == .removed {
      let bounds = try await log.bounds(of: Self.partition)
      #expect(bounds.start == 3 && bounds.end == 3)
      #expect(log.missingFiles.count == 1)
      return
    }
    #expect(try await log.bounds(of: Self.partition).end == 3, "offsets stay")
    let lost: Range<UInt64> = damage == .emptied ? 0..<3 : 2..<3
    try await Self.expectGap(lost, in: log)
    let told = telemetry.events.compactMap { event in
      if case .logDamaged(_, let records, _) = event { records == 0 ? nil : records } else { nil }
    }
    #expect(told == [UInt64(lost.count)])
    #expect(Self.recovered(telemetry) == nil)
    if damage == .cutOff {
      // The file is whole: another one may be missing.
      #expect(log.missingFiles == ["/disk/log/0/" + DamagedSegmentName.missing(2)])
    } else {
      #expect(log.damagedFiles == [Self.kept])
    }
    // It goes on behind, and a restart knows as much.
    #expect(try await log.append(SampleRecord.numbered(3), to: Self.partition).offset == 3)
    let again = try await Self.open(files.afterKill())
    try await Self.expectGap(lost, in: again)
    #expect(try await Self.number(at: 3, in: again) == 3)
  }

  @Test("a start is as good a mark as a clean stop")
  func restarted() async throws {
    let killed = try await Self.filled { _ in }
    _ = try await Self.open(killed)
    let files = killed.afterKill()
    try Self.damage(files, .flippedRecord)
    let log = try await Self.open(files)
    #expect(try await log.bounds(of: Self.partition).end == 3)
    try await Self.expectGap(2..<3, in: log)
  }

  @Test("what was noted while the log was written is as good, without a restart")
  func noted() async throws {
    let files = try await Self.filled { _ in }
    try Self.damage(files, .flippedRecord)
    let log = try await Self.open(files)
    #expect(try await log.bounds(of: Self.partition).end == 3)
    try await Self.expectGap(2..<3, in: log)
  }

  @Test("a last segment that is missing after a clean stop is damage")
  func missingSegment() async throws {
    let files = try await Self.filled(segmentBytes: 2 * Self.frame + SegmentHeader.byteCount) { await $0.close() }
    try files.remove("/disk/log/0/" + SegmentName.text(2))
    let log = try await Self.open(files)
    #expect(try await log.bounds(of: Self.partition).end == 3)
    try await Self.expectGap(2..<3, in: log)
    #expect(try await log.append(SampleRecord.numbered(3), to: Self.partition).offset == 3)
  }

  @Test("after a crash a tail that was cut short or never written is torn, any other is told as damage and kept")
  func killed() async throws {
    for damage in [Damage.flippedHeader, .flippedRecord, .cutShort, .zeros] {
      let files = try await Self.filled { _ in }
      try files.remove("/disk/log/0/" + DurableEndFile.name)
      try Self.damage(files, damage)
      let telemetry = RecordingTelemetry()
      let log = try await Self.open(files, telemetry)
      #expect(try await log.bounds(of: Self.partition).end == 2)
      let isTorn = damage == .cutShort || damage == .zeros
      #expect(Self.recovered(telemetry) == (isTorn ? .torn : .damaged), "\(damage)")
      #expect(log.damagedFiles == (isTorn ? [] : [Self.kept]), "\(damage)")
      #expect(try await log.append(SampleRecord.numbered(7), to: Self.partition).offset == 2)
      #expect(try await Self.number(at: 2, in: log) == 7)
      if !isTorn {
        let bytes = try files.open(Self.kept, .read).size()
        #expect(bytes == SegmentHeader.byteCount + 3 * Self.frame, "nothing of it was cut off")
      }
      let again = try await Self.open(files.afterKill(), telemetry)
      #expect(try await Self.number(at: 2, in: again) == 7)
      #expect(telemetry.events.count { if case .logRecovered = $0 { true } else { false } } == 1)
    }
  }

  @Test("what the index has committed was durable: then the tail of a crash is damage, too")
  func knownToTheIndex() async throws {
    let files = try await Self.filled { _ in }
    try files.remove("/disk/log/0/" + DurableEndFile.name)
    try Self.damage(files, .flippedRecord)
    let log = try await Self.open(files)
    let epoch = try await log.bounds(of: Self.partition).epoch
    try await log.expect(Self.partition, reaches: 3, in: epoch)
    #expect(try await log.bounds(of: Self.partition).end == 3)
    try await Self.expectGap(2..<3, in: log)
    #expect(try await log.append(SampleRecord.numbered(3), to: Self.partition).offset == 3)
    try await Self.expectGap(2..<3, in: try await Self.open(files.afterKill()))
  }

  @Test("an older copy of the log takes nothing in, and says where it is")
  func olderCopy() async throws {
    let files = try await Self.filled { await $0.close() }
    let log = try await Self.open(files)
    let epoch = try await log.bounds(of: Self.partition).epoch
    for _ in 0..<2 {
      let error = await #expect(throws: EventLogError.self) {
        try await log.expect(Self.partition, reaches: 4, in: epoch)
      }
      guard case .setBack(let setback) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(setback.description.contains("'/disk/log/0'"))
    }
    await #expect(throws: EventLogError.self) {
      try await log.append(SampleRecord.numbered(3), to: Self.partition)
    }
    #expect(log.setbacks.map(\.known) == [4])
    #expect(try await Self.number(at: 2, in: log) == 2)
  }

  // MARK: -

  private static func open(
    _ files: SimulatedFileSystem, _ telemetry: RecordingTelemetry = RecordingTelemetry(), segmentBytes: Int = 1 << 20
  ) async throws(EventLogError) -> DiskEventLog {
    try await DiskEventLog.open(.unbuffered(segmentBytes: segmentBytes), in: files, pool: pool, telemetry)
  }

  /// What a process left that wrote three records, one a round.
  private static func filled(
    segmentBytes: Int = 1 << 20, _ end: (DiskEventLog) async -> Void
  ) async throws -> SimulatedFileSystem {
    let files = SimulatedFileSystem()
    let log = try await open(files, segmentBytes: segmentBytes)
    for number in 0..<3 { _ = try await log.append(SampleRecord.numbered(number), to: partition) }
    await end(log)
    return files.afterKill()
  }

  private static func damage(_ files: SimulatedFileSystem, _ damage: Damage) throws {
    let last = SegmentHeader.byteCount + 2 * frame
    switch damage {
    case .flippedHeader: files.withContent(of: first) { $0[last + 9] ^= 1 }
    case .flippedRecord: files.withContent(of: first) { $0[last + frame - 5] ^= 1 }
    case .cutShort: files.withContent(of: first) { $0.removeLast(7) }
    case .zeros: files.withContent(of: first) { for index in last..<$0.count { $0[index] = 0 } }
    case .cutOff: files.withContent(of: first) { $0.removeLast(Self.frame) }
    case .emptied: files.withContent(of: first) { $0 = [] }
    case .removed: try files.remove(first)
    }
  }

  private static func recovered(_ telemetry: RecordingTelemetry) -> LogTailKind? {
    for case .logRecovered(_, _, _, let kind) in telemetry.events { return kind }
    return nil
  }

  private static func expectGap(_ lost: Range<UInt64>, in log: DiskEventLog) async throws {
    for offset in 0..<lost.lowerBound { #expect(try await number(at: offset, in: log) == Int(offset)) }
    let error = await #expect(throws: EventLogError.self) { try await number(at: lost.lowerBound, in: log) }
    guard case .corrupt(partition, lost.lowerBound, lost.upperBound, _) = error else {
      Issue.record("offset \(lost.lowerBound) was answered by \(String(describing: error))")
      return
    }
  }

  private static func number(at offset: UInt64, in log: DiskEventLog) async throws(EventLogError) -> Int? {
    try await log.read(partition, from: offset, limit: 1, patience: .zero).records.first.map {
      SampleRecord.number($0.record)
    }
  }
}
