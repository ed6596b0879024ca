import Application
import Domain
import InMemoryAdapter
import Testing

@Suite("The log in memory", .timeLimit(.minutes(1))) struct InMemoryEventLogTests {
  private let clock = ScriptedClock(at: .epoch)
  private let log: InMemoryEventLog
  private let partition = PartitionID(0)

  init() { log = InMemoryEventLog(clock: clock) }

  @Test("returns an empty slice when patience runs out")
  func patienceRunsOut() async throws {
    async let slice = log.read(partition, from: 0, limit: 1_000, patience: .seconds(1))
    await clock.waitForSleepers()
    clock.advance(by: .seconds(1))
    #expect(try await slice.records.isEmpty)
  }

  @Test("wakes a patient reader with the next record")
  func wakesReader() async throws {
    async let slice = log.read(partition, from: 0, limit: 1_000, patience: .seconds(1))
    await clock.waitForSleepers()
    _ = try await log.append(record(1), to: partition)
    #expect(try await slice.records.map(\.record) == [record(1)])
  }

  @Test("holds appends and shows them to nobody until they are synced")
  func holdsSyncs() async throws {
    await log.holdSyncs()
    async let position = log.append(record(1), to: partition)
    await waitForUnsynced(1)
    #expect(try await log.bounds(of: partition).end == 0)
    await log.releaseSyncs()
    #expect(try await position.offset == 0)
    #expect(try await log.bounds(of: partition).end == 1)
  }

  @Test("loses in a crash what was not acknowledged, and nothing else")
  func crashLosesUnsynced() async throws {
    _ = try await log.append(record(1), to: partition)
    await log.holdSyncs()
    let lost = Task { [log, partition] in
      do throws(EventLogError) { _ = try await log.append(record(2), to: partition) } catch {
        if case .unavailable = error { return true }
      }
      return false
    }
    await waitForUnsynced(1)
    await log.crash()
    await log.releaseSyncs()
    #expect(await lost.value)
    _ = try await log.append(record(3), to: partition)
    let slice = try await log.read(partition, from: 0, limit: 1_000, patience: .zero)
    #expect(slice.records.map(\.record) == [record(1), record(3)])
  }

  @Test("refuses to read what retention took")
  func trimmedIsOutOfRange() async throws {
    for number in 0..<3 { _ = try await log.append(record(UInt8(number)), to: partition) }
    try await log.trim(partition, below: 2)
    await #expect(throws: EventLogError.self) { try await log.read(partition, from: 1, limit: 10, patience: .zero) }
    #expect(try await log.bounds(of: partition).start == 2)
    #expect(try await log.read(partition, from: 2, limit: 10, patience: .zero).records.first?.record == record(2))
  }

  private func waitForUnsynced(_ count: Int) async {
    while await log.unsynced < count { await Task.yield() }
  }
}

/// A record that differs by one byte; the log does not look inside.
private func record(_ byte: UInt8) -> EncodedRecord {
  EncodedRecord(sealing: [UInt8](repeating: 0, count: EncodedRecord.envelopeBytes) + [byte])
}
