import Application
import Domain
import TestSupport
import Testing

@testable import GRPCAdapter

@Suite("Who asks processors", .timeLimit(.minutes(1)))
struct GRPCRecentEventsTests {
  private let partition = RecentSamples.partition

  private func fixed(_ batches: Int) throws -> FixedSource {
    FixedSource(.success(try RecentSamples.answer(batches: batches)))
  }

  private func count(_ outcome: Result<RecentAnswer, RecentEventsError>) throws -> Int {
    try outcome.get().batches.count
  }

  @Test("finds a partition that moved, though what the directory said is still fresh")
  func ownerMoves() async throws {
    let fleet = try ProcessorFleet { $0.lookupLifetime = .seconds(1_000) }
    try await ProcessorFleet.run(fleet) { fleet in
      let question = try RecentSamples.question()
      try await fleet.own(partition, by: try fixed(1))
      #expect(try count(await fleet.client.ask(question)) == 1)
      try await fleet.own(partition, by: try fixed(2))
      #expect(try count(await fleet.client.ask(question)) == 2)
      #expect(fleet.directory.questions == 2)
      #expect(try count(await fleet.client.ask(question)) == 2)
      #expect(fleet.directory.questions == 2, "the directory was asked again though nothing had changed")
    }
  }

  @Test("asks the later of two owners first, and the other one if that one says no")
  func twoClaims() async throws {
    try await ProcessorFleet.run(try ProcessorFleet()) { fleet in
      let question = try RecentSamples.question()
      try await fleet.own(partition, by: try fixed(1), at: 0)
      try await fleet.own(partition, by: try fixed(2), at: 1)
      #expect(try count(await fleet.client.ask(question)) == 2)
      await fleet.leave(partition, at: 1)
      #expect(try count(await fleet.client.ask(question)) == 1)
      await fleet.leave(partition, at: 0)
      guard case .failure(.noOwner(partition)) = await fleet.client.ask(question) else {
        return #expect(Bool(false), "somebody answered who does not own the partition")
      }
    }
  }

  @Test("passes by a processor that is gone, and says so at once where there is no other")
  func deadProcessor() async throws {
    try await ProcessorFleet.run(try ProcessorFleet()) { fleet in
      let question = try RecentSamples.question(patience: .seconds(30))
      try await fleet.own(partition, by: try fixed(1), at: 0)
      try await fleet.own(partition, by: try fixed(2), at: 1)
      #expect(try count(await fleet.client.ask(question)) == 2)
      await fleet.processors[1].stop()
      #expect(try count(await fleet.client.ask(question)) == 1)
      await fleet.processors[0].stop()
      let start = ContinuousClock.now
      guard case .failure(.unavailable(let reason)) = await fleet.client.ask(question) else {
        return #expect(Bool(false), "nobody was there to answer")
      }
      #expect(reason.contains("127.0.0.1"))
      #expect(ContinuousClock.now - start < .seconds(10), "waited for who cannot come")
    }
  }

  @Test("comes back to a processor that was started anew")
  func reconnect() async throws {
    try await ProcessorFleet.run(try ProcessorFleet()) { fleet in
      let question = try RecentSamples.question()
      try await fleet.own(partition, by: try fixed(1), at: 0)
      for _ in 0..<3 {
        #expect(try count(await fleet.client.ask(question)) == 1)
        try await fleet.processors[0].restart()
      }
      #expect(await fleet.client.connectionCount == 1)
    }
  }

  @Test("keeps no more connections than it may")
  func bound() async throws {
    try await ProcessorFleet.run(try ProcessorFleet { $0.maximumConnections = 1 }) { fleet in
      for number in [0, 1, 0, 1] {
        let partition = PartitionID(number)
        try await fleet.own(partition, by: try fixed(number), at: number)
        var question = try RecentSamples.question()
        question.partition = partition
        #expect(try count(await fleet.client.ask(question)) == number)
        #expect(await fleet.client.connectionCount == 1)
      }
    }
  }

  @Test("is refused with another secret than the processor's, and never says what it is")
  func wrongSecret() async throws {
    let secrets = try ["correct-horse-battery", "another-horse-battery", "longer-correct-horse-battery"].map {
      try #require(ClusterSecret($0))
    }
    for asker in [secrets[1], secrets[2], nil] {
      try await ProcessorFleet.run(try ProcessorFleet(secret: secrets[0], asker: asker)) { fleet in
        let source = try fixed(1)
        try await fleet.own(partition, by: source, at: 0)
        guard case .failure(.unavailable(let reason)) = await fleet.client.ask(try RecentSamples.question()) else {
          return #expect(Bool(false), "a processor answered to somebody who does not know its secret")
        }
        #expect(reason.contains("cluster secret"))
        #expect(!reason.contains("horse"))
        #expect(source.asked == 0)
      }
    }
    try await ProcessorFleet.run(try ProcessorFleet(secret: secrets[0], asker: secrets[0])) { fleet in
      try await fleet.own(partition, by: try fixed(1), at: 0)
      #expect(try count(await fleet.client.ask(try RecentSamples.question())) == 1)
    }
  }

  @Test("lets the owner stop when the query is cancelled")
  func cancelled() async throws {
    try await ProcessorFleet.run(try ProcessorFleet()) { fleet in
      let source = FixedSource(nil)
      try await fleet.own(partition, by: source, at: 0)
      let question = try RecentSamples.question(patience: .seconds(1_000))
      let query = Task { await fleet.client.ask(question) }
      while source.asked == 0, !Task.isCancelled { try await Task.sleep(for: .milliseconds(1)) }
      query.cancel()
      guard case .failure(.cancelled) = await query.value else {
        return #expect(Bool(false), "a cancelled query was answered")
      }
      while source.cancelled == 0, !Task.isCancelled { try await Task.sleep(for: .milliseconds(1)) }
      #expect(source.cancelled == 1)
    }
  }

  @Test("does not wait beyond patience and margin")
  func silentOwner() async throws {
    try await ProcessorFleet.run(try ProcessorFleet { $0.margin = .milliseconds(50) }) { fleet in
      let source = FixedSource(nil)
      try await fleet.own(partition, by: source, at: 0)
      guard
        case .failure(.unavailable) = await fleet.client.ask(try RecentSamples.question(patience: .milliseconds(50)))
      else { return #expect(Bool(false), "there is an answer of who never answers") }
    }
  }

  @Test("reads an answer of many megabytes, and refuses one that is over its limit")
  func hugeAnswer() async throws {
    let answer = try RecentSamples.answer(batches: 48, bytes: 1 << 20)
    for limit in [64 << 20, 40 << 20] {
      try await ProcessorFleet.run(try ProcessorFleet { $0.maximumAnswerBytes = limit }) { fleet in
        try await fleet.own(partition, by: FixedSource(.success(answer)), at: 0)
        let outcome = await fleet.client.ask(try RecentSamples.question())
        if limit > 48 << 20 {
          let isSame = RecentSamples.areEqual(try outcome.get(), answer)
          #expect(isSame)
        } else {
          guard case .failure(.unavailable(let reason)) = outcome else {
            return #expect(Bool(false), "an answer over the limit was taken")
          }
          #expect(reason.contains("over the limit"))
        }
      }
    }
  }

  @Test("goes by what the directory said before when that is away")
  func directoryAway() async throws {
    try await ProcessorFleet.run(try ProcessorFleet()) { fleet in
      let question = try RecentSamples.question()
      fleet.directory.mood = .refuses(reason: "away for the test")
      guard case .failure(.unavailable(let reason)) = await fleet.client.ask(question) else {
        return #expect(Bool(false), "answered though nobody knows of a processor")
      }
      #expect(reason.contains("away for the test"))
      fleet.directory.mood = .answers
      try await fleet.own(partition, by: try fixed(1), at: 0)
      #expect(try count(await fleet.client.ask(question)) == 1)
      fleet.directory.mood = .refuses(reason: "away for the test")
      #expect(try count(await fleet.client.ask(question)) == 1)
      await fleet.leave(partition, at: 0)
      // Nobody knows whether it has another owner.
      guard case .failure(.unavailable) = await fleet.client.ask(question) else {
        return #expect(Bool(false), "who may have an owner is told as without one")
      }
    }
  }

  @Test("takes no address that is none")
  func badAddress() async throws {
    try await ProcessorFleet.run(try ProcessorFleet()) { fleet in
      let entry = ProcessorEntry(
        processor: Identifier128(high: 9, low: 9), address: "nowhere", partitions: [partition: .epoch])
      try await fleet.directory.announce(entry, for: .seconds(1))
      guard case .failure(.unavailable) = await fleet.client.ask(try RecentSamples.question()) else {
        return #expect(Bool(false), "somebody was asked")
      }
    }
  }

  @Test("ends its questions when it is closed, and takes no other")
  func close() async throws {
    try await ProcessorFleet.run(try ProcessorFleet()) { fleet in
      let source = FixedSource(nil)
      try await fleet.own(partition, by: source, at: 0)
      let question = try RecentSamples.question(patience: .seconds(1_000))
      async let outcome = fleet.client.ask(question)
      while source.asked == 0, !Task.isCancelled { try await Task.sleep(for: .milliseconds(1)) }
      await fleet.client.close()
      for outcome in [await outcome, await fleet.client.ask(question)] {
        guard case .failure(.cancelled) = outcome else {
          #expect(Bool(false), "answered as \(outcome)")
          continue
        }
      }
    }
  }
}
