import Application
import Domain
import Testing

extension EventLogPromise {
  func checkMiddle(_ log: some EventLog) async throws {
    for number in 0..<30 { _ = try await log.append(SampleRecord.numbered(number), to: Self.partition) }
    for first in [1, 17, 29] {
      let found = try await records(in: log, Self.partition, from: UInt64(first), limit: Self.plenty)
      #expect(found.map { SampleRecord.number($0.record) } == Array(first..<30))
      #expect(found.map(\.offset) == (first..<30).map { UInt64($0) })
    }
  }

  func checkLimit(_ log: some EventLog) async throws {
    let record = SampleRecord.numbered(0, payloadBytes: 1_000)
    for _ in 0..<10 { _ = try await log.append(record, to: Self.partition) }
    for first in 0..<10 {
      let slice = try await log.read(
        Self.partition, from: UInt64(first), limit: 3 * record.bytes.count - first % 2, patience: .zero)
      #expect((1...(3 - first % 2)).contains(slice.records.count))
    }
  }

  func checkSmallLimit(_ log: some EventLog) async throws {
    for number in 0..<3 {
      _ = try await log.append(SampleRecord.numbered(number, payloadBytes: 5_000), to: Self.partition)
    }
    for number in 0..<3 {
      let slice = try await log.read(Self.partition, from: UInt64(number), limit: 1, patience: .zero)
      #expect(slice.records.map { SampleRecord.number($0.record) } == [number])
    }
  }

  func checkWaiting(_ log: some EventLog) async throws {
    _ = try await log.append(SampleRecord.numbered(0), to: Self.partition)
    async let waiting = log.read(Self.partition, from: 1, limit: Self.plenty, patience: .seconds(30))
    _ = try await log.append(SampleRecord.numbered(1), to: Self.partition)
    let slice = try await waiting
    #expect(slice.records.map { SampleRecord.number($0.record) } == [1])
    #expect(slice.bounds.end == 2)
  }

  func checkPatience(_ log: some EventLog) async throws {
    _ = try await log.append(SampleRecord.numbered(0), to: Self.partition)
    let began = ContinuousClock.now
    let slice = try await log.read(Self.partition, from: 1, limit: Self.plenty, patience: .milliseconds(50))
    #expect(slice.records.isEmpty)
    #expect(slice.bounds.end == 1)
    // A clock of the test's own may be scripted, so how long it took is not measured; only that it did not hang.
    #expect(ContinuousClock.now - began < .seconds(30))
  }

  func checkCancellation(_ log: some EventLog) async throws {
    let reader = Task { () async -> Result<LogSlice, EventLogError> in
      do throws(EventLogError) {
        return .success(try await log.read(Self.partition, from: 0, limit: Self.plenty, patience: .seconds(30)))
      } catch {
        return .failure(error)
      }
    }
    reader.cancel()
    let began = ContinuousClock.now
    let outcome = await reader.value
    #expect(ContinuousClock.now - began < .seconds(20))
    guard case .failure(.cancelled) = outcome else {
      Issue.record("a cancelled read ended with \(outcome)")
      return
    }
  }

  func checkRange(_ log: some EventLog) async throws {
    for number in 0..<2 { _ = try await log.append(SampleRecord.numbered(number), to: Self.partition) }
    let error = await #expect(throws: EventLogError.self) {
      try await log.read(Self.partition, from: 3, limit: Self.plenty, patience: .zero)
    }
    guard case .outOfRange(offset: 3, start: 0, end: 2) = error else {
      Issue.record("a read beyond the end was answered by \(String(describing: error))")
      return
    }
  }

  func checkUnknownPartition(_ log: some EventLog) async throws {
    let unknown = PartitionID(try await log.partitions().count + 1_000)
    let errors = [
      await #expect(throws: EventLogError.self) { try await log.append(SampleRecord.numbered(0), to: unknown) },
      await #expect(throws: EventLogError.self) { try await log.bounds(of: unknown) },
      await #expect(throws: EventLogError.self) { try await log.read(unknown, from: 0, limit: 1, patience: .zero) },
    ]
    for error in errors {
      guard case .unknownPartition(unknown) = error else {
        Issue.record("an unknown partition was answered by \(String(describing: error))")
        return
      }
    }
  }

  func checkBounds(_ log: some EventLog) async throws {
    let before = try await log.bounds(of: Self.partition)
    for number in 0..<3 {
      _ = try await log.append(SampleRecord.numbered(number), to: Self.partition)
      let bounds = try await log.bounds(of: Self.partition)
      #expect(bounds == LogBounds(epoch: before.epoch, start: 0, end: UInt64(number) + 1))
    }
  }
}
