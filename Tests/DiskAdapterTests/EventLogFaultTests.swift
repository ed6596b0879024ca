import Application
import Domain
import EventLogContract
import Testing
import Threads

@testable import DiskAdapter

/// What survives power cuts, full disks, failed syncs and damage.
@Suite("Disk event log in trouble", .timeLimit(.minutes(1)))
struct EventLogFaultTests {
  private static let pool = ThreadPool(name: "disk-test", threads: 4)
  private static let partition = PartitionID(0)

  @Test("what was acknowledged survives a power cut at any call", arguments: 1...4)
  func powerCut(_ seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed)
    let whole = SimulatedFileSystem()
    _ = await Self.fill(whole, from: 0, count: 12)
    for call in 0...whole.calls {
      let files = SimulatedFileSystem()
      files.set(.init(callsUntilPowerCut: call))
      var (acknowledged, attempted) = await Self.fill(files, from: 0, count: 12)
      var next = files.afterPowerCut(&generator)
      try await Self.verify(next, acknowledged, attempted, "power cut at call \(call)")
      // Goes on where it stopped, and through a second cut.
      next = next.afterKill()
      next.set(.init(callsUntilPowerCut: next.calls + Int.random(in: 0..<40, using: &generator)))
      let (more, later) = await Self.fill(next, from: 100, count: 6)
      acknowledged.merge(more) { _, new in new }
      attempted.formUnion(later)
      try await Self.verify(
        next.afterPowerCut(&generator), acknowledged, attempted, "second power cut after one at call \(call)")
    }
  }

  @Test("a killed process's log goes on", arguments: [0, 1, 5, 17, 25, 33])
  func kill(_ call: Int) async throws {
    let files = SimulatedFileSystem()
    files.set(.init(callsUntilPowerCut: call))
    let (acknowledged, attempted) = await Self.fill(files, from: 0, count: 12)
    let next = files.afterKill()
    try await Self.verify(next, acknowledged, attempted, "killed at call \(call)")
  }

  @Test("after a failed sync the tail is not acknowledged and never read", arguments: 2...20, [false, true])
  func failedSync(_ syncs: Int, _ failsTruncation: Bool) async throws {
    var generator = SeededGenerator(seed: UInt64(syncs))
    let files = SimulatedFileSystem()
    let telemetry = RecordingTelemetry()
    let log = try await Self.open(files, telemetry)
    files.set(.init(syncsUntilFailure: syncs, failsTruncation: failsTruncation))
    var acknowledged: [UInt64: Int] = [:]
    var attempted: Set<Int> = []
    for number in 0..<12 {
      attempted.insert(number)
      if let offset = await Self.append(number, to: log) { acknowledged[offset] = number }
    }
    #expect(acknowledged.count == (syncs < 12 ? 11 : acknowledged.count))
    let failures = telemetry.events.filter { if case .logWriteFailed = $0 { true } else { false } }.count
    #expect(failures == 12 - acknowledged.count)
    #expect(try await Self.contents(log) == acknowledged)
    // The records after the failure are in a new segment, whose base offset wins over what the old one has still in it.
    try await Self.verify(files.afterKill(), acknowledged, attempted, "killed")
    try await Self.verify(files.afterPowerCut(&generator), acknowledged, attempted, "power cut")
  }

  @Test("a full disk is answered by full, and the log goes on when there is space")
  func fullDisk() async throws {
    let files = SimulatedFileSystem()
    let log = try await Self.open(files)
    let first = try #require(await Self.append(0, to: log))
    files.set(.init(capacity: 700))
    let error = await #expect(throws: EventLogError.self) {
      try await log.append(SampleRecord.numbered(1, payloadBytes: 1_000), to: Self.partition)
    }
    guard case .full = error else {
      Issue.record("a full disk was answered by \(String(describing: error))")
      return
    }
    #expect(try await log.bounds(of: Self.partition).end == 1)
    files.set(.init())
    let second = try #require(await Self.append(2, to: log))
    #expect(try await Self.contents(log) == [first: 0, second: 2])
    try await Self.verify(files.afterKill(), [first: 0, second: 2], [0, 2], "restarted")
  }

  @Test("a tail torn at any byte is dropped, the records before it stay")
  func tornTail() async throws {
    let files = SimulatedFileSystem()
    let (acknowledged, _) = await Self.fill(files, from: 0, count: 3, segmentBytes: 1 << 20)
    try #require(acknowledged.count == 3)
    let path = "/disk/log/0/" + SegmentName.text(0)
    let size = try files.open(path, .read).size()
    let frame = RecordFrame.headerBytes + SampleRecord.numbered(2).bytes.count
    for cut in 1...frame {
      let torn = files.afterKill()
      torn.withContent(of: path) { $0.removeLast(cut) }
      // The third was never acknowledged, so nothing was noted of it.
      try torn.remove("/disk/log/0/" + DurableEndFile.name)
      let telemetry = RecordingTelemetry()
      let log = try await Self.open(torn, telemetry)
      #expect(try await Self.contents(log) == [0: 0, 1: 1], "cut off \(cut) of \(size)")
      let isTold = telemetry.events.contains {
        if case .logRecovered(Self.partition, 2, frame - cut, .torn) = $0 { true } else { false }
      }
      #expect(isTold == (cut < frame))
      #expect(await Self.append(9, to: log) == 2)
    }
  }

  @Test("a flipped byte in the middle is corrupt when read, and only there")
  func flippedByte() async throws {
    let files = SimulatedFileSystem()
    _ = await Self.fill(files, from: 0, count: 4, segmentBytes: 1 << 20)
    let path = "/disk/log/0/" + SegmentName.text(0)
    let frame = RecordFrame.headerBytes + SampleRecord.numbered(1).bytes.count
    for byte in 0..<frame {
      let damaged = files.afterKill()
      damaged.withContent(of: path) { $0[SegmentHeader.byteCount + frame + byte] ^= 0x10 }
      let log = try await Self.open(damaged)
      #expect(try await log.bounds(of: Self.partition).end == 4)
      let before = try await log.read(Self.partition, from: 0, limit: 1_000_000, patience: .zero)
      #expect(before.records.map(\.offset) == [0], "byte \(byte)")
      let error = await #expect(throws: EventLogError.self) {
        try await log.read(Self.partition, from: 1, limit: 1_000_000, patience: .zero)
      }
      guard case .corrupt(Self.partition, 1, 2, _) = error else {
        Issue.record("a flipped byte \(byte) was answered by \(String(describing: error))")
        return
      }
      let behind = try await log.read(Self.partition, from: 2, limit: 1_000_000, patience: .zero)
      #expect(behind.records.map(\.offset) == [2, 3])
    }
  }

  @Test("damage in a sealed segment is corrupt when read, and the segments behind it are not")
  func damagedSealedSegment() async throws {
    let files = SimulatedFileSystem()
    let (acknowledged, _) = await Self.fill(files, from: 0, count: 12, segmentBytes: 600)
    let path = "/disk/log/0/" + SegmentName.text(0)
    let frame = RecordFrame.headerBytes + SampleRecord.numbered(1).bytes.count
    for cut in [1, frame, frame + 3, 2 * frame] {
      let damaged = files.afterKill()
      damaged.withContent(of: path) { $0.removeLast(cut) }
      let log = try await Self.open(damaged)
      var readable: [UInt64: Int] = [:]
      for offset in acknowledged.keys {
        do throws(EventLogError) {
          let slice = try await log.read(Self.partition, from: offset, limit: 1, patience: .zero)
          readable[offset] = slice.records.first.map { SampleRecord.number($0.record) }
        } catch {
          guard case .corrupt(_, offset, _, _) = error else {
            Issue.record("\(error)")
            return
          }
        }
      }
      let lost = (cut + frame - 1) / frame
      #expect(readable.count == acknowledged.count - lost)
      #expect(readable.allSatisfy { acknowledged[$0] == $1 })
    }
  }

  // MARK: -

  private static func open(
    _ files: SimulatedFileSystem, _ telemetry: RecordingTelemetry = RecordingTelemetry(), segmentBytes: Int = 1_000
  ) async throws(EventLogError) -> DiskEventLog {
    try await DiskEventLog.open(.unbuffered(segmentBytes: segmentBytes), in: files, pool: pool, telemetry)
  }

  /// Opens the log and appends numbered records; whatever fails, fails.
  private static func fill(
    _ files: SimulatedFileSystem, from first: Int, count: Int, segmentBytes: Int = 1_000
  ) async -> (acknowledged: [UInt64: Int], attempted: Set<Int>) {
    var acknowledged: [UInt64: Int] = [:]
    do throws(EventLogError) {
      let log = try await open(files, segmentBytes: segmentBytes)
      for number in first..<(first + count) {
        if let offset = await append(number, to: log) { acknowledged[offset] = number }
      }
    } catch {}
    return (acknowledged, Set(first..<(first + count)))
  }

  private static func append(_ number: Int, to log: DiskEventLog) async -> UInt64? {
    do throws(EventLogError) {
      return try await log.append(SampleRecord.numbered(number), to: partition).offset
    } catch {
      return nil
    }
  }

  private static func contents(_ log: DiskEventLog) async throws -> [UInt64: Int] {
    let end = try await log.bounds(of: partition).end
    var contents: [UInt64: Int] = [:]
    while UInt64(contents.count) < end {
      let slice = try await log.read(partition, from: UInt64(contents.count), limit: 1_000, patience: .zero)
      try #require(!slice.records.isEmpty)
      for record in slice.records { contents[record.offset] = SampleRecord.number(record.record) }
    }
    return contents
  }

  /// Every acknowledged record is where it was, and nothing is there that was never appended, or twice.
  private static func verify(
    _ files: SimulatedFileSystem, _ acknowledged: [UInt64: Int], _ attempted: Set<Int>, _ what: String
  ) async throws {
    let log = try await open(files)
    let found = try await contents(log)
    for (offset, number) in acknowledged { #expect(found[offset] == number, "\(what), offset \(offset)") }
    #expect(attempted.isSuperset(of: found.values), "\(what)")
    #expect(Set(found.values).count == found.count, "\(what)")
    await log.close()
  }
}
