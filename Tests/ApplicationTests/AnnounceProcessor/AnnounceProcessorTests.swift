import Application
import Domain
import InMemoryAdapter
import TestSupport
import Testing

@Suite("A processor, announced", .timeLimit(.minutes(1)))
struct AnnounceProcessorTests {
  private let directory = ScriptedProcessors()
  private let clock = ScriptedClock()
  private let telemetry = RecordingTelemetry()
  private let id = Identifier128(high: 1, low: 2)

  private func useCase() -> AnnounceProcessor {
    AnnounceProcessor(
      processor: id, address: "10.0.0.7:50052", directory: directory, clock: clock, telemetry: telemetry)
  }

  /// Between two looks at what has no signal of its own.
  private func wait(for condition: () -> Bool) async throws {
    while !condition() { try await Task.sleep(for: .milliseconds(1)) }
  }

  /// Lets time pass, by steps of `duration`.
  private func pass(_ duration: Duration, until condition: () -> Bool) async throws {
    try await wait {
      if clock.sleepers > 0 { clock.advance(by: duration) }
      return condition()
    }
  }

  private func running(_ body: (AnnounceProcessor) async throws -> Void) async throws {
    let useCase = useCase()
    let run = Task { await useCase.run() }
    do { try await body(useCase) } catch {
      run.cancel()
      await run.value
      throw error
    }
    run.cancel()
    await run.value
  }

  @Test("is there as soon as it runs, says again that it lives, and is gone when it ends")
  func lives() async throws {
    try await running { _ in
      try await wait { directory.announcements.count == 1 }
      #expect(directory.entries == [ProcessorEntry(processor: id, address: "10.0.0.7:50052", partitions: [:])])
      try await pass(AnnounceProcessorConfiguration().interval) { directory.announcements.count > 3 }
    }
    #expect(directory.entries.isEmpty)
  }

  @Test("says at once what it owns and gave up, and since when")
  func changes() async throws {
    try await running { useCase in
      try await wait { directory.announcements.count == 1 }
      let start = clock.now()
      await useCase.owns(PartitionID(4))
      try await wait { directory.entries.first?.partitions == [PartitionID(4): start] }
      clock.advance(by: .milliseconds(1))
      let later = clock.now()
      await useCase.owns(PartitionID(5))
      try await wait { directory.entries.first?.partitions == [PartitionID(4): start, PartitionID(5): later] }
      await useCase.gaveUp(PartitionID(4))
      try await wait { directory.entries.first?.partitions == [PartitionID(5): later] }
      let count = directory.announcements.count
      await useCase.gaveUp(PartitionID(4))
      await clock.waitForSleepers()
      #expect(directory.announcements.count == count, "announced though nothing had changed")
    }
  }

  @Test("owns what it was given before it ran")
  func before() async throws {
    let useCase = useCase()
    await useCase.owns(PartitionID(1))
    let run = Task { await useCase.run() }
    try await wait { !directory.entries.isEmpty }
    #expect(directory.entries.first?.partitions.count == 1)
    run.cancel()
    await run.value
  }

  @Test("tries again while the directory is away, and tells")
  func away() async throws {
    directory.mood = .refuses(reason: "away for the test")
    try await running { useCase in
      await useCase.owns(PartitionID(4))
      try await wait { troubles >= 1 }
      directory.mood = .answers
      try await pass(AnnounceProcessorConfiguration().retryWait) { directory.entries.first?.partitions.count == 1 }
    }
    #expect(directory.entries.isEmpty)
  }

  @Test("ends in time though the directory does not answer")
  func silent() async throws {
    directory.mood = .isSilent
    let useCase = useCase()
    let run = Task { await useCase.run() }
    await clock.waitForSleepers()
    run.cancel()
    // The withdrawal has its deadline by the clock.
    try await pass(AnnounceProcessorConfiguration().deadline) { troubles >= 1 }
    await run.value
  }

  private var troubles: Int { telemetry.count { if case .trouble = $0 { true } else { false } } }
}
