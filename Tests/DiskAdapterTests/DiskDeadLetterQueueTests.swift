import Application
import DeadLetterQueueContract
import Domain
import Testing
import Threads

@testable import DiskAdapter

@Suite("Disk dead letters", .timeLimit(.minutes(1)))
struct DiskDeadLetterQueueTests {
  private static let pool = ThreadPool(name: "disk-test", threads: 2)
  private static let path = "/disk/dlq/letters"

  @Test("keeps the port's promises", arguments: DeadLetterQueuePromise.allCases)
  func keeps(_ promise: DeadLetterQueuePromise) async throws {
    try await withTemporaryFolder { folder in
      let configuration = DiskDeadLetterQueueConfiguration(folder: folder + "/a/b")
      try await promise.check(
        on: try await DiskDeadLetterQueue.open(
          configuration, pool: Self.pool, telemetry: RecordingTelemetry()))
    }
  }

  @Test("letters and their ids survive a restart")
  func restart() async throws {
    let files = SimulatedFileSystem()
    let letters = try SampleLetter.everyKind()
    try await Self.open(files).append(letters)
    let next = try await Self.open(files.afterKill())
    try await next.append(letters)
    #expect(try await next.allLetters() == letters)
  }

  @Test("what was kept survives a power cut at any call", arguments: 1...3)
  func powerCut(_ seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed)
    let whole = SimulatedFileSystem()
    _ = try await Self.fill(whole)
    for call in 0...whole.calls {
      let files = SimulatedFileSystem()
      files.set(.init(callsUntilPowerCut: call))
      let kept = try await Self.fill(files)
      let found = try await Self.open(files.afterPowerCut(&generator)).allLetters()
      #expect(Set(found).isSuperset(of: kept), "cut at call \(call)")
      #expect(Set(found).count == found.count)
    }
  }

  @Test("a file torn at any byte opens with the letters before")
  func tornTail() async throws {
    let files = SimulatedFileSystem()
    let kept = try await Self.fill(files)
    let size = try files.open(Self.path, .read).size()
    var fewest = kept.count
    for end in (FrameFile.headerBytes..<size).reversed() {
      let torn = files.afterKill()
      torn.withContent(of: Self.path) { $0.removeLast(size - end) }
      let queue = try await Self.open(torn)
      let found = try await queue.allLetters()
      #expect(found == Array(kept[..<found.count]) && found.count <= fewest)
      fewest = found.count
      try await queue.append(kept)
      #expect(Set(try await queue.allLetters()) == Set(kept))
    }
    #expect(fewest == 0)
  }

  @Test("a full disk, or the queue's own limit, is answered by full and nothing is kept")
  func full() async throws {
    let files = SimulatedFileSystem()
    var configuration = DiskDeadLetterQueueConfiguration(folder: "/disk/dlq")
    configuration.letters = 3
    configuration.flushShare = 0
    let queue = try await DiskDeadLetterQueue.open(
      configuration, files, pool: Self.pool, telemetry: RecordingTelemetry())
    let letters = try (0..<4).map { try SampleLetter.numbered($0, contentBytes: 1_000) }
    files.set(.init(capacity: 1_500))
    try await queue.append([letters[0]])
    await Self.expectFull { try await queue.append([letters[1]]) }
    files.set(.init())
    #expect(try await queue.allLetters() == [letters[0]])
    try await queue.append([letters[1], letters[2]])
    await Self.expectFull { try await queue.append([letters[3]]) }
    try await queue.append([letters[2]])
    let again = try await Self.open(files.afterKill()).allLetters()
    #expect(again == Array(letters[..<3]))
  }

  @Test("senders' letters leave room for those of flushes, and dropping some makes room for both")
  func flushShare() async throws {
    var configuration = DiskDeadLetterQueueConfiguration(folder: "/disk/dlq")
    configuration.letters = 10
    let queue = try await DiskDeadLetterQueue.open(
      configuration, SimulatedFileSystem(), pool: Self.pool, telemetry: RecordingTelemetry())
    try await queue.append(try (0..<9).map { try SampleLetter.numbered($0) })
    #expect(await queue.fullness() == nil)
    await Self.expectFull { try await queue.append([try SampleLetter.numbered(9)]) }
    #expect(await queue.fullness()?.contains("cordwood dlq drop") == true)
    let ofFlush = try #require(try SampleLetter.everyKind().first { $0.flush != nil })
    try await queue.append([ofFlush])
    #expect(await queue.fullness() == nil)
    await Self.expectFull { try await queue.append([try SampleLetter.numbered(10)]) }
    try await queue.drop([1, 2])
    #expect(await queue.fullness() == nil)
    try await queue.append([try SampleLetter.numbered(11)])
  }

  @Test("a second process is refused by name")
  func lock() async throws {
    let files = SimulatedFileSystem()
    let queue = try await Self.open(files)
    let error = await #expect(throws: DeadLetterQueueError.self) { try await Self.open(files) }
    guard case .unavailable(_, let reason) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reason.contains("/disk/dlq/lock"))
    await queue.close()
  }

  private static func expectFull(_ call: () async throws -> Void) async {
    let error = await #expect(throws: DeadLetterQueueError.self) { try await call() }
    guard case .full = error else {
      Issue.record("\(String(describing: error)) instead of 'full'")
      return
    }
  }

  private static func open(_ files: SimulatedFileSystem) async throws(DeadLetterQueueError) -> DiskDeadLetterQueue {
    try await DiskDeadLetterQueue.open(
      DiskDeadLetterQueueConfiguration(folder: "/disk/dlq"), files, pool: pool, telemetry: RecordingTelemetry())
  }

  /// Appends letters one by one and two by two; whatever fails, fails.
  private static func fill(_ files: SimulatedFileSystem) async throws -> [DeadLetter] {
    var kept: [DeadLetter] = []
    let letters = try (0..<6).map { try SampleLetter.numbered($0, contentBytes: 10) }
    do throws(DeadLetterQueueError) {
      let queue = try await open(files)
      for part in [letters[0..<1], letters[1..<3], letters[3..<4], letters[4..<6]] {
        do throws(DeadLetterQueueError) {
          try await queue.append(Array(part))
          kept += part
        } catch {}
      }
    } catch {}
    return kept
  }
}
