import Application
import Domain
import Testing

extension EventLogPromise {
  func checkTrimKeeps(_ log: some EventLog) async throws {
    for number in 0..<30 { _ = try await log.append(SampleRecord.numbered(number), to: Self.partition) }
    for below in [0, 1, 17, 29] {
      try await log.trim(Self.partition, below: UInt64(below))
      let bounds = try await log.bounds(of: Self.partition)
      #expect(bounds.start <= UInt64(below))
      #expect(bounds.end == 30)
      let kept = try await records(in: log, Self.partition, from: UInt64(below))
      #expect(kept.map { SampleRecord.number($0.record) } == Array(below..<30))
      #expect(kept.map(\.offset) == (below..<30).map { UInt64($0) })
    }
  }

  func checkBelowStart(_ log: some EventLog) async throws {
    for number in 0..<30 { _ = try await log.append(SampleRecord.numbered(number), to: Self.partition) }
    try await log.trim(Self.partition, below: 20)
    let start = try await log.bounds(of: Self.partition).start
    // Whatever was freed is not read any more, and what was not is.
    for offset in 0..<UInt64(20) {
      do throws(EventLogError) {
        let slice = try await log.read(Self.partition, from: offset, limit: 1, patience: .zero)
        #expect(offset >= start, "offset \(offset) was read below the start \(start)")
        #expect(slice.records.first.map { SampleRecord.number($0.record) } == Int(offset))
      } catch {
        guard case .outOfRange(offset, start, 30) = error, offset < start else {
          Issue.record("a read at \(offset) of a log that starts at \(start) was answered by \(error)")
          return
        }
      }
    }
  }

  func checkTrimTwice(_ log: some EventLog) async throws {
    for number in 0..<30 { _ = try await log.append(SampleRecord.numbered(number), to: Self.partition) }
    try await log.trim(Self.partition, below: 25)
    let start = try await log.bounds(of: Self.partition).start
    for below in [0, 10, 25] {
      try await log.trim(Self.partition, below: UInt64(below))
      #expect(try await log.bounds(of: Self.partition).start == start)
    }
  }

  func checkTrimBeyondTheEnd(_ log: some EventLog) async throws {
    for number in 0..<10 { _ = try await log.append(SampleRecord.numbered(number), to: Self.partition) }
    try await log.trim(Self.partition, below: .max)
    let bounds = try await log.bounds(of: Self.partition)
    #expect(bounds.start <= 10 && bounds.end == 10)
    #expect(try await log.append(SampleRecord.numbered(10), to: Self.partition).offset == 10)
    let slice = try await log.read(Self.partition, from: 10, limit: Self.plenty, patience: .zero)
    #expect(slice.records.map { SampleRecord.number($0.record) } == [10])
  }
}
