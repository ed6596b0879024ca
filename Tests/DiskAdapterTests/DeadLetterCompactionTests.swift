import Application
import DeadLetterQueueContract
import Domain
import Testing
import Threads

@testable import DiskAdapter

@Suite("The file of the dead letters", .timeLimit(.minutes(1)))
struct DeadLetterCompactionTests {
  private static let pool = ThreadPool(name: "disk-test", threads: 2)
  private static let path = "/disk/dlq/letters"

  private static func open(
    _ files: SimulatedFileSystem, compactionBytes: Int = 4 << 20, bytes: Int = 1 << 30
  ) async throws(DeadLetterQueueError) -> DiskDeadLetterQueue {
    var configuration = DiskDeadLetterQueueConfiguration(folder: "/disk/dlq")
    configuration.compactionBytes = compactionBytes
    configuration.bytes = bytes
    return try await DiskDeadLetterQueue.open(configuration, files, pool: pool, telemetry: RecordingTelemetry())
  }

  private static let accepted = DeadLetterReplay(first: .epoch, placement: 2, last: .epoch, outcome: .accepted)

  @Test("has replays, drops and numbers after a restart as before")
  func restart() async throws {
    let files = SimulatedFileSystem()
    let queue = try await Self.open(files)
    try await queue.append(try (0..<6).map { try SampleLetter.numbered($0) })
    try await queue.note([2: Self.accepted, 3: Self.accepted])
    try await queue.drop([3, 6])
    let kept = try await queue.allKept()
    let again = try await Self.open(files.afterKill())
    #expect(try await again.allKept() == kept)
    #expect(kept.map(\.position) == [1, 2, 4, 5])
    #expect(kept.map(\.replay) == [nil, Self.accepted, nil, nil])
    // The number of the newest letter is not used again, though that letter is gone.
    try await again.append([try SampleLetter.numbered(5), try SampleLetter.numbered(7)])
    #expect(try await again.allKept().map(\.position) == [1, 2, 4, 5, 7, 8])
  }

  @Test("gives back the room of dropped letters, and then takes others")
  func room() async throws {
    let files = SimulatedFileSystem()
    let queue = try await Self.open(files, compactionBytes: 10_000, bytes: 40_000)
    let letters = try (0..<30).map { try SampleLetter.numbered($0, contentBytes: 1_000) }
    try await queue.append(letters)
    try await queue.note([30: Self.accepted])
    let error = await #expect(throws: DeadLetterQueueError.self) {
      try await queue.append([try SampleLetter.numbered(99, contentBytes: 20_000)])
    }
    guard case .full(let reason) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reason.contains("cordwood dlq drop"))
    let size = try files.open(Self.path, .read).size()
    #expect(try await queue.drop(Array(1...25)) == 25)
    #expect(try files.open(Self.path, .read).size() < size / 3)
    try await queue.append([try SampleLetter.numbered(99, contentBytes: 20_000)])
    for queue in [queue, try await Self.open(files.afterKill())] {
      let kept = try await queue.allKept()
      #expect(kept.map(\.position) == [26, 27, 28, 29, 30, 31])
      #expect(kept.map(\.letter).dropLast() == letters[25...])
      #expect(kept[4].replay == Self.accepted)
    }
    // All gone: numbers go on all the same.
    try await queue.drop(Array(1...100))
    let empty = try await Self.open(files.afterKill(), compactionBytes: 1)
    try await empty.append([letters[0]])
    #expect(try await empty.allKept().map(\.position) == [32])
  }

  @Test("repeated replays of few letters do not fill the disk")
  func repeatedReplays() async throws {
    let files = SimulatedFileSystem()
    let queue = try await Self.open(files, compactionBytes: 10_000)
    try await queue.append([try SampleLetter.numbered(0), try SampleLetter.numbered(1)])
    for _ in 0..<1_000 { try await queue.note([1: Self.accepted, 2: Self.accepted]) }
    #expect(try files.open(Self.path, .read).size() < 40_000)
    #expect(try await Self.open(files.afterKill()).allKept().map(\.replay) == [Self.accepted, Self.accepted])
  }

  @Test("knows the room that replays of dropped letters took")
  func replaysOfDropped() async throws {
    let files = SimulatedFileSystem()
    let queue = try await Self.open(files, compactionBytes: 1_000)
    try await queue.append(try (0..<100).map { try SampleLetter.numbered($0, contentBytes: 1) })
    try await queue.note(Dictionary(uniqueKeysWithValues: (1...100).map { (UInt64($0), Self.accepted) }))
    let size = try files.open(Self.path, .read).size()
    // The letters' own frames alone are less than half of the file.
    try await queue.drop(Array(1...60))
    #expect(try files.open(Self.path, .read).size() < size / 2)
    #expect(try await queue.allKept().count == 40)
  }

  @Test("tells how many letters it holds of each reason, when it is opened and with each change")
  func held() async throws {
    let files = SimulatedFileSystem()
    let telemetry = RecordingTelemetry()
    let configuration = DiskDeadLetterQueueConfiguration(folder: "/disk/dlq")
    let queue = try await DiskDeadLetterQueue.open(configuration, files, pool: Self.pool, telemetry: telemetry)
    try await queue.append([try SampleLetter.numbered(0), try SampleLetter.numbered(1)])
    try await queue.append([try SampleLetter.numbered(1)])
    try await queue.note([1: Self.accepted])
    try await queue.drop([1])
    _ = try await DiskDeadLetterQueue.open(configuration, files.afterKill(), pool: Self.pool, telemetry: telemetry)
    try await queue.drop([2])
    let held = telemetry.events.compactMap { event in
      if case .deadLettersHeld(let counts) = event { counts } else { nil }
    }
    #expect(held == [[:], [.sequenceConflict: 2], [.sequenceConflict: 1], [.sequenceConflict: 1], [:]])
  }

  /// What one run of changes leaves, and which states it may leave if it stops anywhere.
  private static func work(_ files: SimulatedFileSystem) async -> [[KeptDeadLetter]] {
    var states: [[KeptDeadLetter]] = [[]]
    do throws(DeadLetterQueueError) {
      let queue = try await open(files, compactionBytes: 500)
      let letters = (0..<8).compactMap { try? SampleLetter.numbered($0, contentBytes: 200) }
      for step in 0..<5 {
        switch step {
        case 0: try await queue.append(letters)
        case 1: try await queue.note([1: accepted, 4: accepted])
        case 2: try await queue.drop([1, 2, 3, 5, 6])
        case 3: try await queue.append(Array(letters.prefix(2)))
        default: try await queue.drop([4, 7])
        }
        states.append(try await queue.allKept())
      }
    } catch {}
    return states
  }

  @Test("keeps what was done through a power cut at any call, also while it is written anew", arguments: 1...3)
  func powerCut(_ seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed)
    let whole = SimulatedFileSystem()
    let states = await Self.work(whole)
    #expect(states.count == 6)
    for call in 0...whole.calls {
      let files = SimulatedFileSystem()
      files.set(.init(callsUntilPowerCut: call))
      let done = await Self.work(files).count - 1
      let found = try await Self.open(files.afterPowerCut(&generator)).allKept()
      // The step that was under way may have been done, or, if it is one of several letters, only in part.
      let next = done + 1 < states.count ? states[done + 1] : states[done]
      let numbers = Set(found.map(\.position))
      let (before, after) = (Set(states[done].map(\.position)), Set(next.map(\.position)))
      #expect(numbers.isSuperset(of: before.intersection(after)), "cut at call \(call)")
      #expect(numbers.isSubset(of: before.union(after)), "cut at call \(call)")
      for letter in found { #expect(states[done].contains(letter) || next.contains(letter), "cut at call \(call)") }
    }
  }

  @Test("a file of version 1 is read, numbered and written anew")
  func version1() async throws {
    let letters = try SampleLetter.everyKind()
    let files = SimulatedFileSystem()
    try files.makeFolder("/disk/dlq")
    let kind = FrameFileKind(magic: "cwdeadlt", version: 1, frameBytes: 16 << 20)
    try files.replace(Self.path, with: FrameFile.encoded(kind, letters.map(Self.encodedInVersion1)))
    let queue = try await Self.open(files)
    #expect(try await queue.allLetters() == letters)
    try await queue.append(letters)
    try await queue.note([1: Self.accepted])
    let again = try await Self.open(files.afterKill()).allKept()
    #expect(again.map(\.letter) == letters)
    #expect(again.map(\.position) == (1...UInt64(letters.count)).map { $0 })
    #expect(again.first?.replay == Self.accepted)
  }

  /// As the first version of this adapter wrote a letter.
  private static func encodedInVersion1(_ letter: DeadLetter) -> [UInt8] {
    var bytes: [UInt8] = []
    switch letter.id {
    case .batch(let key, let sequence, let digest, let index):
      bytes.append(0)
      key.producer.value.append(to: &bytes)
      bytes.append(lengthPrefixed: key.stream.tenant.text)
      bytes.append(lengthPrefixed: key.stream.service.text)
      bytes.append(uint64: sequence)
      bytes.append(uint32: digest)
      bytes.append(index == nil ? 0 : 1)
      if let index { bytes.append(uint32: index) }
    case .bytes(let checksum, let count):
      bytes.append(1)
      bytes.append(uint32: checksum)
      bytes.append(uint64: UInt64(count))
    }
    bytes.append(lengthPrefixed: letter.reason.text)
    let content = letter.content.bytes
    bytes.append(letter.content == .event(content) ? 1 : 0)
    bytes.append(lengthPrefixed: content.span)
    bytes.append(int64: letter.time.nanoseconds)
    bytes.append(letter.tenant == nil ? 0 : 1)
    if let tenant = letter.tenant { bytes.append(lengthPrefixed: tenant.text) }
    bytes.append(letter.flush == nil ? 0 : 1)
    letter.flush?.value.append(to: &bytes)
    return bytes
  }
}
