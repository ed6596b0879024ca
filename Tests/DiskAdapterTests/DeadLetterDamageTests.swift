import Application
import DeadLetterQueueContract
import Domain
import Testing
import Threads

@testable import DiskAdapter

/// What becomes of dead letters whose file is damaged.
@Suite("Disk dead letters, damaged", .timeLimit(.minutes(1)))
struct DeadLetterDamageTests {
  private static let pool = ThreadPool(name: "disk-test", threads: 2)

  @Test("one damaged byte costs the letter that it is in, wherever it is, and that one may come again")
  func everyByte() async throws {
    try await withTemporaryFolder { folder in
      let letters = try (0..<4).map { try SampleLetter.numbered($0, contentBytes: 10) }
      let files = LocalFileSystem()
      let whole = try await Self.written(letters, in: folder + "/whole", files)
      for byte in whole.indices {
        let place = "\(folder)/\(byte)"
        var bytes = whole
        bytes[byte] ^= 0x40
        try files.makeFolders(place)
        try files.replace(place + "/letters", with: bytes)
        let telemetry = RecordingTelemetry()
        let queue = try await Self.open(place, telemetry)
        let found = try await queue.allLetters()
        #expect(found.count >= (byte < FrameFile.headerBytes ? 4 : 3), "byte \(byte)")
        #expect(Set(found).isSubset(of: letters))
        #expect(queue.damagedFiles == [place + "/damaged-letters-1"], "byte \(byte)")
        let kept = try #require(queue.damagedFiles.first, "byte \(byte)")
        #expect(try files.open(kept, .read).read(whole.count + 1, at: 0) == bytes)
        let told = telemetry.events.count { if case .deadLettersDamaged = $0 { true } else { false } }
        #expect(told == 1)
        try await queue.append(letters)
        #expect(Set(try await queue.allLetters()) == Set(letters))
        await queue.close()
        // The new file is whole.
        let again = RecordingTelemetry()
        let next = try await Self.open(place, again)
        #expect(Set(try await next.allLetters()) == Set(letters))
        #expect(!again.events.contains { if case .deadLettersDamaged = $0 { true } else { false } })
        await next.close()
      }
    }
  }

  enum Damage: CaseIterable, Sendable { case emptied, zeros, noise }

  @Test("a file of which nothing is left is kept aside, and the queue begins anew", arguments: Damage.allCases)
  func nothingLeft(_ damage: Damage) async throws {
    try await withTemporaryFolder { folder in
      let files = LocalFileSystem()
      let letters = try (0..<4).map { try SampleLetter.numbered($0) }
      let count = try await Self.written(letters, in: folder, files).count
      let bytes: [UInt8] =
        switch damage {
        case .emptied: []
        case .zeros: [UInt8](repeating: 0, count: count)
        case .noise: (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 151 &+ 7) }
        }
      try files.replace(folder + "/letters", with: bytes)
      let queue = try await Self.open(folder, RecordingTelemetry())
      #expect(try await queue.allLetters().isEmpty)
      #expect(queue.damagedFiles == [folder + "/damaged-letters-1"])
      try await queue.append(letters)
      #expect(try await queue.allLetters() == letters)
      await queue.close()
    }
  }

  @Test("a newer version is not damage: it is refused and left alone")
  func newer() async throws {
    try await withTemporaryFolder { folder in
      let kind = FrameFileKind(magic: "cwdeadlt", version: 9, frameBytes: 64)
      try LocalFileSystem().replace(folder + "/letters", with: FrameFile.header(kind))
      await #expect(throws: DeadLetterQueueError.self) { try await Self.open(folder, RecordingTelemetry()) }
      #expect(try LetterFile.damagedFiles(in: folder, LocalFileSystem()).isEmpty)
    }
  }

  private static func open(
    _ folder: String, _ telemetry: RecordingTelemetry
  ) async throws(DeadLetterQueueError) -> DiskDeadLetterQueue {
    try await DiskDeadLetterQueue.open(
      DiskDeadLetterQueueConfiguration(folder: folder), pool: pool, telemetry: telemetry)
  }

  /// The bytes of a file with these letters, one a write.
  private static func written(
    _ letters: [DeadLetter], in folder: String, _ files: LocalFileSystem
  ) async throws -> [UInt8] {
    let queue = try await open(folder, RecordingTelemetry())
    for letter in letters { try await queue.append([letter]) }
    await queue.close()
    let file = try files.open(folder + "/letters", .read)
    return try file.read(try file.size(), at: 0)
  }
}
