import Application
import Domain
import Testing

extension DeadLetterQueuePromise {
  func checkBeginning(_ queue: some DeadLetterQueue) async throws {
    #expect(try await queue.read(from: 0, limit: 10, bytes: 1_000) == DeadLetterPage(letters: [], next: nil))
  }

  func checkKinds(_ queue: some DeadLetterQueue) async throws {
    let kinds = try SampleLetter.everyKind()
    try await queue.append(kinds)
    #expect(try await letters(in: queue) == kinds)
  }

  func checkOrder(_ queue: some DeadLetterQueue) async throws {
    let samples = try [5, 3, 9, 1, 7].map { try SampleLetter.numbered($0) }
    try await queue.append([samples[0], samples[1]])
    try await queue.append([samples[2]])
    try await queue.append([samples[3], samples[4]])
    #expect(try await letters(in: queue) == samples)
  }

  func checkRepetition(_ queue: some DeadLetterQueue) async throws {
    let samples = try (0..<4).map { try SampleLetter.numbered($0) }
    try await queue.append([samples[0], samples[1]])
    try await queue.append([samples[1], samples[2], samples[0]])
    try await queue.append([samples[0]])
    try await queue.append([samples[3]])
    #expect(try await letters(in: queue) == samples)
  }

  func checkRepetitionWithinACall(_ queue: some DeadLetterQueue) async throws {
    let samples = try (0..<2).map { try SampleLetter.numbered($0) }
    try await queue.append([samples[0], samples[1], samples[0], samples[1]])
    #expect(try await letters(in: queue) == samples)
  }

  func checkSimilarLetters(_ queue: some DeadLetterQueue) async throws {
    let first = try SampleLetter.numbered(0)
    guard case .batch(let key, let sequence, let digest, _) = first.id else { return }
    let other = WindowKey(
      producer: key.producer, stream: StreamID(tenant: key.stream.tenant, service: try ServiceName("other")))
    let ids: [DeadLetterID] = [
      first.id, .batch(key, sequence: sequence + 1, digest: digest, index: nil),
      .batch(key, sequence: sequence, digest: digest + 1, index: nil),
      .batch(key, sequence: sequence, digest: digest, index: 0),
      .batch(key, sequence: sequence, digest: digest, index: 1),
      .batch(other, sequence: sequence, digest: digest, index: nil), .bytes(checksum: 1, count: 2),
      .bytes(checksum: 1, count: 3), .bytes(checksum: 2, count: 2),
    ]
    let similar = ids.map {
      DeadLetter(
        id: $0, reason: first.reason, content: first.content, time: first.time, tenant: first.tenant, flush: nil)
    }
    try await queue.append(similar)
    #expect(try await letters(in: queue) == similar)
  }

  func checkPages(_ queue: some DeadLetterQueue) async throws {
    let samples = try (0..<12).map { try SampleLetter.numbered($0) }
    try await queue.append(samples)
    for limit in [1, 5, 12, 13] { #expect(try await letters(in: queue, limit: limit) == samples) }
    #expect(try await queue.read(from: 0, limit: 5, bytes: 1 << 20).letters.map(\.letter) == Array(samples[..<5]))
  }

  func checkEnd(_ queue: some DeadLetterQueue) async throws {
    try await queue.append([try SampleLetter.numbered(0), try SampleLetter.numbered(1)])
    let page = try await queue.read(from: 0, limit: 1, bytes: 1 << 20)
    #expect(try await queue.read(from: 0, limit: 2, bytes: 1 << 20).next == nil)
    try await queue.append([try SampleLetter.numbered(2)])
    let next = try #require(page.next)
    let rest = try await queue.read(from: next, limit: 10, bytes: 1 << 20)
    #expect(rest.letters.map(\.letter) == [try SampleLetter.numbered(1), try SampleLetter.numbered(2)])
    #expect(rest.next == nil)
  }

  func checkNothing(_ queue: some DeadLetterQueue) async throws {
    try await queue.append([])
    #expect(try await letters(in: queue).isEmpty)
  }

  func checkSize(_ queue: some DeadLetterQueue) async throws {
    let largest = try SampleLetter.numbered(1, contentBytes: 4 << 20)
    try await queue.append([largest, try SampleLetter.numbered(2, contentBytes: 0)])
    let isSame = try await letters(in: queue, limit: 1) == [largest, try SampleLetter.numbered(2, contentBytes: 0)]
    #expect(isSame)
  }

  func checkConcurrency(_ queue: some DeadLetterQueue) async throws {
    let samples = try (0..<60).map { try SampleLetter.numbered($0) }
    try await withThrowingTaskGroup { group in
      for caller in 0..<6 {
        // Every letter comes from two callers.
        group.addTask {
          for index in 0..<20 { try await queue.append([samples[(caller * 10 + index) % 60]]) }
        }
      }
      try await group.waitForAll()
    }
    let found = try await letters(in: queue, limit: 7)
    #expect(found.count == 60)
    #expect(Set(found) == Set(samples))
  }

  func checkCancellation(_ queue: some DeadLetterQueue) async throws {
    let letter = try SampleLetter.numbered(0)
    let call = Task { () async -> Result<Void, DeadLetterQueueError> in
      while !Task.isCancelled { await Task.yield() }
      do throws(DeadLetterQueueError) { return .success(try await queue.append([letter])) } catch {
        return .failure(error)
      }
    }
    call.cancel()
    guard case .failure(.cancelled) = await call.value else {
      Issue.record("a cancelled append was not answered by 'cancelled'")
      return
    }
    #expect(try await letters(in: queue).isEmpty)
  }
}
