import Application
import Domain
import Testing

extension EventLogPromise {
  func checkSetback(_ log: some EventLog) async throws {
    let epoch = try await filled(log)
    try await expectSetback(known: 9) { try await log.expect(Self.partition, reaches: 9, in: epoch) }
    for _ in 0..<2 {
      try await expectSetback(known: 9) { _ = try await log.append(SampleRecord.numbered(3), to: Self.partition) }
    }
    #expect(try await log.bounds(of: Self.partition).end == 3, "nothing was appended")
  }

  func checkReadingWhenSetBack(_ log: some EventLog) async throws {
    let epoch = try await filled(log)
    try await expectSetback(known: 4) { try await log.expect(Self.partition, reaches: 4, in: epoch) }
    #expect(try await numbers(in: log, Self.partition) == [0, 1, 2])
    // Other partitions know nothing of it.
    for partition in try await log.partitions() where partition != Self.partition {
      #expect(try await log.append(SampleRecord.numbered(0), to: partition).offset == 0)
    }
  }

  func checkKnownEnd(_ log: some EventLog) async throws {
    let epoch = try await filled(log)
    let other = LogEpoch(Identifier128(high: 7, low: 8))
    for (end, known) in [(UInt64(0), epoch), (3, epoch), (100, other)] {
      try await log.expect(Self.partition, reaches: end, in: known)
    }
    #expect(try await log.append(SampleRecord.numbered(3), to: Self.partition).offset == 3)
    // The newest word counts: an index that was begun anew knows of nothing.
    try await expectSetback(known: 9) { try await log.expect(Self.partition, reaches: 9, in: epoch) }
    try await log.expect(Self.partition, reaches: 4, in: epoch)
    #expect(try await log.append(SampleRecord.numbered(4), to: Self.partition).offset == 4)
  }

  /// Appends three records.
  private func filled(_ log: some EventLog) async throws -> LogEpoch {
    for number in 0..<3 { _ = try await log.append(SampleRecord.numbered(number), to: Self.partition) }
    return try await log.bounds(of: Self.partition).epoch
  }

  private func expectSetback(known: UInt64, _ call: () async throws -> Void) async throws {
    let error = await #expect(throws: EventLogError.self) { try await call() }
    guard case .setBack(let setback) = error else {
      Issue.record("a log that was set back answered \(String(describing: error))")
      return
    }
    #expect(setback.partition == Self.partition)
    #expect(setback.known == known)
  }
}
