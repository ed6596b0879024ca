import Application
import Domain
import EventLogContract
import Testing
import Threads

@testable import DiskAdapter

/// What the log gives back to the device, and what a crash on the way leaves.
@Suite("Disk event log, trimmed", .timeLimit(.minutes(1)))
struct EventLogTrimTests {
  private static let pool = ThreadPool(name: "disk-test", threads: 4)
  private static let partition = PartitionID(0)
  private static let segmentBytes = 1_000

  @Test("an owner that commits keeps the log's size within bounds, however much passes through", arguments: [0, 5_000])
  func isBounded(_ keepBytes: Int) async throws {
    let files = SimulatedFileSystem()
    let telemetry = RecordingTelemetry()
    let log = try await Self.open(files, telemetry, keepBytes: keepBytes)
    var largest = 0
    for number in 0..<400 {
      _ = try await log.append(SampleRecord.numbered(number), to: Self.partition)
      // Three records are still in the owner's hands.
      try await log.trim(Self.partition, below: UInt64(max(0, number - 2)))
      largest = max(largest, try Self.bytes(files))
    }
    #expect(largest <= keepBytes + 3 * Self.segmentBytes)
    #expect(largest >= keepBytes, "what is to be kept is kept")
    let trimmed = telemetry.events.reduce(0) { sum, event in
      if case .logTrimmed(_, _, let bytes) = event { sum + bytes } else { sum }
    }
    let sizes = telemetry.events.compactMap { if case .logSize(_, let bytes) = $0 { bytes } else { nil } }
    #expect(sizes.last == (try Self.bytes(files)))
    #expect(trimmed > 40_000)
    let (start, epoch) = (
      try await log.bounds(of: Self.partition).start, try await log.bounds(of: Self.partition).epoch
    )
    #expect(start > 300)
    // A restart knows where the log begins.
    await log.close()
    let again = try await Self.open(files.afterKill(), keepBytes: keepBytes)
    #expect(try await again.bounds(of: Self.partition) == LogBounds(epoch: epoch, start: start, end: 400))
    let first = try await again.read(Self.partition, from: start, limit: 1, patience: .zero)
    #expect(first.records.map { SampleRecord.number($0.record) } == [Int(start)])
  }

  @Test("a power cut at any call of a trim leaves the newest records whole, without a hole", arguments: 1...4)
  func powerCut(_ seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed)
    let whole = SimulatedFileSystem()
    let before = try await Self.filled(whole)
    let calls = whole.calls
    try await before.trim(Self.partition, below: 37)
    try #require(whole.calls > calls)
    for call in calls...whole.calls {
      let files = SimulatedFileSystem()
      let log = try await Self.filled(files)
      files.set(.init(callsUntilPowerCut: call))
      do throws(EventLogError) { try await log.trim(Self.partition, below: 37) } catch {}
      let again = try await Self.open(files.afterPowerCut(&generator))
      let bounds = try await again.bounds(of: Self.partition)
      #expect(bounds.start <= 37 && bounds.end == 40, "power cut at call \(call)")
      for offset in max(bounds.start, 37)..<40 {
        let slice = try await again.read(Self.partition, from: offset, limit: 1, patience: .zero)
        #expect(slice.records.map { SampleRecord.number($0.record) } == [Int(offset)])
      }
      // What is left can be trimmed.
      try await again.trim(Self.partition, below: 40)
      #expect(try await again.bounds(of: Self.partition).start >= 32)
    }
  }

  @Test("the segment that is written is never removed, and a failed removal is made up for")
  func failure() async throws {
    let files = SimulatedFileSystem()
    let log = try await Self.filled(files)
    files.set(.init(failsRemovals: true))
    await #expect(throws: EventLogError.self) { try await log.trim(Self.partition, below: 40) }
    #expect(try await log.bounds(of: Self.partition).start == 0)
    #expect(try await log.read(Self.partition, from: 0, limit: 1, patience: .zero).records.count == 1)
    files.set(.init())
    try await log.trim(Self.partition, below: 40)
    let start = try await log.bounds(of: Self.partition).start
    #expect(start > 30 && start < 40)
    #expect(try await log.append(SampleRecord.numbered(40), to: Self.partition).offset == 40)
  }

  private static func open(
    _ files: SimulatedFileSystem, _ telemetry: RecordingTelemetry = RecordingTelemetry(), keepBytes: Int = 0
  ) async throws(EventLogError) -> DiskEventLog {
    try await DiskEventLog.open(
      .unbuffered(segmentBytes: segmentBytes, keepBytes: keepBytes), in: files, pool: pool, telemetry)
  }

  /// 40 records in segments of about 7.
  private static func filled(_ files: SimulatedFileSystem) async throws -> DiskEventLog {
    let log = try await open(files)
    for number in 0..<40 { _ = try await log.append(SampleRecord.numbered(number), to: partition) }
    return log
  }

  private static func bytes(_ files: SimulatedFileSystem) throws -> Int {
    try files.entries(of: "/disk/log/0").filter { SegmentName.base($0.name) != nil }.reduce(0) { sum, entry in
      sum + (try files.open("/disk/log/0/" + entry.name, .read).size())
    }
  }
}
