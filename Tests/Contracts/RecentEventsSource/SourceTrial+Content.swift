import Application
import Domain
import Testing

/// Which batches are in an answer.
extension SourceTrial {
  func checkContent() async throws {
    let records = try (0..<3).map { SampleBatch.record($0, of: try SampleBatch.stream()) }
    for record in records { try await stage.append(record) }
    let answer = try await answer(to: try ask())
    expect(answer, 0..<3, logEnd: 3, offsets: [0, 1, 2])
    #expect(answer.isCaughtUp)
    let isSame = try answer.batches.map(\.events.bytes) == records.map { try EventBatch($0).bytes }
    #expect(isSame, "the batches came as others")
  }

  func checkTenants() async throws {
    for number in 0..<6 {
      let stream = try SampleBatch.stream("tenant-\(number % 2)", SampleBatch.service)
      try await stage.append(SampleBatch.record(UInt64(number), of: stream))
    }
    expect(try await answer(to: try ask(tenant: "tenant-1")), 0..<6, logEnd: 6, offsets: [1, 3, 5])
    expect(try await answer(to: try ask(tenant: "tenant-0")), 0..<6, logEnd: 6, offsets: [0, 2, 4])
    expect(try await answer(to: try ask(tenant: "tenant")), 0..<6, logEnd: 6, offsets: [])
  }

  func checkServices() async throws {
    for (number, service) in ["web", "api-service", "api", "web"].enumerated() {
      let stream = try SampleBatch.stream(SampleBatch.tenant, service)
      try await stage.append(SampleBatch.record(UInt64(number), of: stream))
    }
    expect(try await answer(to: try ask(service: "web")), 0..<4, logEnd: 4, offsets: [0, 3])
    expect(try await answer(to: try ask(service: "api")), 0..<4, logEnd: 4, offsets: [2])
    expect(try await answer(to: try ask(service: "ap")), 0..<4, logEnd: 4, offsets: [])
  }

  func checkAllServices() async throws {
    for (number, service) in ["web", "api-service", "api", "web"].enumerated() {
      let stream = try SampleBatch.stream(number == 2 ? "tenant-2" : SampleBatch.tenant, service)
      try await stage.append(SampleBatch.record(UInt64(number), of: stream))
    }
    expect(try await answer(to: try ask(service: nil)), 0..<4, logEnd: 4, offsets: [0, 1, 3])
  }

  /// `[from, to)`: an event at `from` is asked for, one at `to` is not.
  func checkRange() async throws {
    for (number, second) in [0, 100, 200].enumerated() {
      let record = SampleBatch.record(UInt64(number), of: try SampleBatch.stream(), at: [second, second + 1])
      try await stage.append(record)
    }
    let questions: [(from: Int, to: Int, offsets: [UInt64])] = [
      (100, 200, [1]), (101, 200, [1]), (102, 200, []), (0, 1, [0]), (1, 101, [0, 1]), (201, 1_000, [2]),
      (202, 1_000, []), (-10, 0, []), (-10, 1_000, [0, 1, 2]),
    ]
    for question in questions {
      let range = TimeRange(
        from: SampleBatch.start.advanced(by: .seconds(question.from)),
        to: SampleBatch.start.advanced(by: .seconds(question.to)))
      expect(try await answer(to: try ask(range: range)), 0..<3, logEnd: 3, offsets: question.offsets)
    }
  }

  func checkOrder() async throws {
    for number in 0..<40 {
      let stream = try SampleBatch.stream(SampleBatch.tenant, "service-\(number * 7 % 5)")
      // The newest in the log are the oldest by their time.
      try await stage.append(SampleBatch.record(UInt64(number), of: stream, at: [40 - number]))
    }
    expect(try await answer(to: try ask(service: nil)), 0..<40, logEnd: 40, offsets: Array(0..<40))
  }

  func checkRepeats() async throws {
    let record = SampleBatch.record(4, of: try SampleBatch.stream())
    for _ in 0..<3 { try await stage.append(record) }
    try await expect(0..<3, logEnd: 3, offsets: [0])
  }
}
