import Application
import Domain
import Testing

extension DeadLetterQueuePromise {
  func checkPositions(_ queue: some DeadLetterQueue) async throws {
    try await queue.append(try (0..<5).map { try SampleLetter.numbered($0) })
    let first = try await kept(in: queue, limit: 2)
    let positions = first.map(\.position)
    #expect(positions == positions.sorted() && Set(positions).count == 5)
    #expect(positions[0] > 0)
    try await queue.drop([positions[1], positions[4]])
    try await queue.append([try SampleLetter.numbered(5)])
    let second = try await kept(in: queue, limit: 2)
    #expect(Array(second.prefix(3)) == [first[0], first[2], first[3]])
    // Never again the one of the newest letter, which is gone.
    #expect(second.count == 4 && second[3].position > positions[4])
    for (wanted, found) in [(positions[1], positions[2]), (positions[3], positions[3])] {
      #expect(try await queue.read(from: wanted, limit: 1, bytes: 1 << 20).letters.first?.position == found)
    }
  }

  func checkBytes(_ queue: some DeadLetterQueue) async throws {
    let samples = try [100, 100, 5_000, 100, 0].enumerated().map { try SampleLetter.numbered($0, contentBytes: $1) }
    try await queue.append(samples)
    let page = try await queue.read(from: 0, limit: 10, bytes: 250)
    #expect(page.letters.map(\.letter) == Array(samples[..<2]))
    // The large one is no dead end.
    let large = try await queue.read(from: try #require(page.next), limit: 10, bytes: 250)
    #expect(large.letters.map(\.letter) == [samples[2]])
    let all = try await kept(in: queue, limit: 10, bytes: 250)
    #expect(all.map(\.letter) == samples)
    #expect(try await kept(in: queue, limit: 10, bytes: 0).map(\.letter) == samples)
  }

  func checkReplays(_ queue: some DeadLetterQueue) async throws {
    let samples = try (0..<4).map { try SampleLetter.numbered($0) }
    try await queue.append(samples)
    let positions = try await kept(in: queue).map(\.position)
    var replay = DeadLetterReplay(first: Timestamp(nanoseconds: 5), placement: 3, last: .distantFuture, outcome: nil)
    try await queue.note([positions[0]: replay, positions[2]: replay])
    #expect(try await kept(in: queue).map(\.replay) == [replay, nil, replay, nil])
    let begun = replay
    replay.last = Timestamp(nanoseconds: -6)
    replay.outcome = .accepted
    try await queue.note([positions[0]: replay])
    var refused = replay
    refused.outcome = .refused(.event(.messageTooLong))
    try await queue.note([positions[3]: refused])
    #expect(try await kept(in: queue).map(\.replay) == [replay, nil, begun, refused])
    #expect(try await letters(in: queue) == samples)
    try await queue.append(samples)
    #expect(try await kept(in: queue).map(\.replay) == [replay, nil, begun, refused])
  }

  func checkDropping(_ queue: some DeadLetterQueue) async throws {
    let samples = try (0..<6).map { try SampleLetter.numbered($0) }
    try await queue.append(samples)
    let positions = try await kept(in: queue).map(\.position)
    let replay = DeadLetterReplay(first: .epoch, placement: 0, last: .epoch, outcome: .accepted)
    try await queue.note([positions[0]: replay])
    #expect(try await queue.drop([positions[0], positions[3]]) == 2)
    #expect(try await letters(in: queue) == [samples[1], samples[2], samples[4], samples[5]])
    // It is a new letter when it comes again, whatever was known of the one before.
    try await queue.append([samples[0], samples[1]])
    #expect(try await letters(in: queue) == [samples[1], samples[2], samples[4], samples[5], samples[0]])
    #expect(try await kept(in: queue).last?.replay == nil)
    let rest = try await kept(in: queue).map(\.position)
    #expect(try await queue.drop(rest) == 5)
    #expect(try await letters(in: queue).isEmpty)
  }

  func checkAbsence(_ queue: some DeadLetterQueue) async throws {
    try await queue.append([try SampleLetter.numbered(0), try SampleLetter.numbered(1)])
    let positions = try await kept(in: queue).map(\.position)
    let replay = DeadLetterReplay(first: .epoch, placement: 0, last: .epoch, outcome: nil)
    try await queue.drop([positions[0]])
    let before = try await kept(in: queue)
    try await queue.note([positions[0]: replay, positions[1] + 100: replay])
    #expect(try await queue.drop([positions[0], positions[1] + 100, 0]) == 0)
    try await queue.drop([])
    try await queue.note([:])
    #expect(try await kept(in: queue) == before)
    #expect(try await queue.drop([positions[1], positions[1]]) == 1)
  }
}
