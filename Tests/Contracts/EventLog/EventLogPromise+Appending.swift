import Application
import Domain
import Testing

extension EventLogPromise {
  func checkPlacements(_ log: some EventLog) async throws {
    let placements = try await log.placements()
    #expect(!placements.isEmpty)
    #expect(placements.map(\.version) == (0..<UInt32(placements.count)).map { $0 })
    let partitions = try await log.partitions()
    #expect(partitions.first == Self.partition)
    for partition in partitions { _ = try await log.bounds(of: partition) }
  }

  func checkBeginning(_ log: some EventLog) async throws {
    let bounds = try await log.bounds(of: Self.partition)
    #expect(bounds.start == 0 && bounds.end == 0)
    let slice = try await log.read(Self.partition, from: 0, limit: Self.plenty, patience: .zero)
    #expect(slice.records.isEmpty)
    #expect(slice.bounds == bounds)
  }

  func checkOffsets(_ log: some EventLog) async throws {
    let epoch = try await log.bounds(of: Self.partition).epoch
    for number in 0..<5 {
      let position = try await log.append(SampleRecord.numbered(number), to: Self.partition)
      #expect(position == LogPosition(epoch: epoch, partition: Self.partition, offset: UInt64(number)))
    }
  }

  func checkContents(_ log: some EventLog) async throws {
    let records = (0..<5).map { SampleRecord.numbered($0, payloadBytes: 10 + $0 * 1_000) }
    for record in records { _ = try await log.append(record, to: Self.partition) }
    let found = try await self.records(in: log, Self.partition)
    expectSame(found.map(\.record), records)
    #expect(found.map(\.offset) == [0, 1, 2, 3, 4])
    #expect(found.allSatisfy { $0.appended > .epoch })
  }

  func checkOrder(_ log: some EventLog) async throws {
    for number in 0..<50 { _ = try await log.append(SampleRecord.numbered(number), to: Self.partition) }
    #expect(try await numbers(in: log, Self.partition) == Array(0..<50))
  }

  func checkConcurrency(_ log: some EventLog) async throws {
    let (callers, each) = (16, 25)
    let outcomes = await withTaskGroup(of: Result<[UInt64: Int], EventLogError>.self) { group in
      for caller in 0..<callers {
        group.addTask {
          var offsets: [UInt64: Int] = [:]
          do throws(EventLogError) {
            for index in 0..<each {
              let number = caller * each + index
              offsets[try await log.append(SampleRecord.numbered(number), to: Self.partition).offset] = number
            }
          } catch {
            return .failure(error)
          }
          return .success(offsets)
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    var expected: [UInt64: Int] = [:]
    for outcome in outcomes { expected.merge(try outcome.get()) { _, _ in -1 } }
    #expect(Set(expected.keys) == Set(0..<UInt64(callers * each)))
    let found = try await numbers(in: log, Self.partition)
    #expect(found == (0..<callers * each).map { expected[UInt64($0)] })
    for caller in 0..<callers {
      let own = found.filter { $0 / each == caller }
      #expect(own == own.sorted())
    }
  }

  func checkSizes(_ log: some EventLog) async throws {
    let smallest = EncodedRecord(sealing: [UInt8](repeating: 0, count: EncodedRecord.envelopeBytes))
    let largest = SampleRecord.numbered(1, payloadBytes: 2 << 20)
    for record in [smallest, largest, smallest] { _ = try await log.append(record, to: Self.partition) }
    expectSame(try await records(in: log, Self.partition).map(\.record), [smallest, largest, smallest])
  }

  func checkRepetition(_ log: some EventLog) async throws {
    for _ in 0..<3 { _ = try await log.append(SampleRecord.numbered(7), to: Self.partition) }
    #expect(try await numbers(in: log, Self.partition) == [7, 7, 7])
  }

  func checkPartitions(_ log: some EventLog) async throws {
    let partitions = try await log.partitions()
    for partition in partitions {
      for number in 0...partition.number {
        let record = SampleRecord.numbered(partition.number * 1_000 + number)
        let position = try await log.append(record, to: partition)
        #expect(position.partition == partition && position.offset == UInt64(number))
      }
    }
    for partition in partitions {
      #expect(try await numbers(in: log, partition) == (0...partition.number).map { partition.number * 1_000 + $0 })
    }
  }

  /// All records of a partition from an offset to its end.
  func records(
    in log: some EventLog, _ partition: PartitionID, from first: UInt64 = 0, limit: Int = 10_000
  ) async throws -> [LogRecord] {
    let end = try await log.bounds(of: partition).end
    var records: [LogRecord] = []
    while first + UInt64(records.count) < end {
      let slice = try await log.read(partition, from: first + UInt64(records.count), limit: limit, patience: .zero)
      try #require(!slice.records.isEmpty)
      #expect(slice.bounds.end == end)
      records += slice.records
    }
    return records
  }

  func numbers(in log: some EventLog, _ partition: PartitionID) async throws -> [Int] {
    try await records(in: log, partition).map { SampleRecord.number($0.record) }
  }

  /// Compares without printing megabytes when it fails.
  func expectSame(_ found: [EncodedRecord], _ expected: [EncodedRecord]) {
    let isSame = found == expected
    #expect(isSame, "records of \(found.map(\.bytes.count)) bytes instead of \(expected.map(\.bytes.count))")
  }
}
