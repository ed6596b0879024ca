import Application
import Domain
import Foundation
import TestSupport
import Testing

@testable import RedisAdapter

@Suite(
  "The index in a Redis that fails", .enabled(if: OwnRedis.isThereOrRequired, "install redis-server"), .serialized,
  .timeLimit(.minutes(2)))
struct RedisLossIntegrationTests {
  @Test("is whole again after a kill, from the append-only file")
  func restartsWithItsData() async throws {
    try await OwnRedis.with { redis in
      let index = try await redis.indexWithAFlush()
      let before = try await index.snapshot(of: PartitionID(0))
      try await redis.service.kill()
      guard case .unavailable? = await failure(of: { () throws(ChunkIndexError) in _ = try await index.generation() })
      else {
        Issue.record("a server that is away answered")
        return
      }
      try await redis.service.start()
      #expect(try await eventually { try await index.snapshot(of: PartitionID(0)) } == before)
      try await index.commit(Flushes.commit(1, to: index))
    }
  }

  @Test("claims nothing and takes nothing after an empty restart, until it is rebuilt")
  func restartsEmpty() async throws {
    try await OwnRedis.with { redis in
      let index = try await redis.indexWithAFlush()
      let before = try await index.snapshot(of: PartitionID(0))
      try await redis.service.kill()
      try redis.service.forget()
      try await redis.service.start()
      // Also those that knew it before.
      for index in [index, redis.index] {
        #expect(try await eventually { try await index.generation() } == nil)
        let found = try await index.chunks(in: PartitionID(0), tenant: .default, service: nil, overlapping: .all)
        #expect(found.generation == nil && found.chunks.isEmpty)
        let next = try await Flushes.commit(1, to: index)
        try await expectNothingTaken(next, by: index)
        guard
          case .wrongGeneration(nil)? = await failure(of: { () throws(ChunkIndexError) in
            _ = try await index.snapshot(of: PartitionID(0))
          })
        else {
          Issue.record("a snapshot of nothing")
          return
        }
      }
      let rebuilt = Flushes.generation.next(random: Identifier128(high: 0, low: 8))
      try await index.beginRebuild(as: rebuilt)
      try await index.stage(before.with(generation: rebuilt))
      try await index.finishRebuild(as: rebuilt)
      #expect(try await redis.index.snapshot(of: PartitionID(0)) == before.with(generation: rebuilt))
    }
  }

  @Test("notices that a partition is lost while the marker is there")
  func losesAPartition() async throws {
    try await OwnRedis.with { redis in
      let index = try await redis.indexWithAFlush()
      let place = IndexKeys(prefix: redis.client.configuration.prefix).partition(PartitionID(0), Flushes.generation)
      _ = try await redis.client.run(RedisCommand(RedisScript.sweepPartition, place.head), near: place.head)

      let found = try await index.chunks(in: PartitionID(0), tenant: .default, service: nil, overlapping: .all)
      #expect(found.generation == nil)
      guard
        case .corrupt? = await failure(of: { () throws(ChunkIndexError) in
          _ = try await index.state(of: PartitionID(0))
        })
      else {
        Issue.record("a partition that is lost has a state")
        return
      }
      try await expectNothingTaken(try await Flushes.commit(0, to: index), by: index)
      try await expectNothingTaken(try await Flushes.commit(1, to: index), by: index)
      // The others go on.
      #expect(try await index.state(of: PartitionID(1)) == .empty)
    }
  }

  @Test("gives up on a server that hangs, and goes on with it")
  func hangs() async throws {
    try await OwnRedis.with({ $0.commandTimeout = .milliseconds(400) }) { redis in
      let index = redis.index
      try await index.initialise(Flushes.generation)
      try redis.service.signal(SIGSTOP)
      let waiting = Task { try await index.generation() }
      try await Task.sleep(for: .milliseconds(50))
      let cancelled = await ContinuousClock().measure {
        waiting.cancel()
        _ = await waiting.result
      }
      #expect(cancelled < .milliseconds(300), "a cancelled call returns at once")
      guard case .unavailable? = await failure(of: { () throws(ChunkIndexError) in _ = try await index.generation() })
      else {
        Issue.record("a server that hangs answered")
        return
      }
      try redis.service.signal(SIGCONT)
      #expect(try await eventually { try await index.generation() } == Flushes.generation)
    }
  }

  @Test("finds its own flush at the head after an answer was lost")
  func losesAnAnswer() async throws {
    try await OwnRedis.with { redis in
      try await redis.index.initialise(Flushes.generation)
      let forgetful = RedisChunkIndex(
        ForgetfulServing(redis: redis.client, script: RedisScript.applyCommit),
        prefix: redis.client.configuration.prefix, telemetry: redis.telemetry)
      let commit = try await Flushes.commit(0, to: redis.index, chunks: [Flushes.chunk("api", 1...2)])
      guard case .unavailable? = await failure(of: { () throws(ChunkIndexError) in try await forgetful.commit(commit) })
      else {
        Issue.record("the answer was not lost")
        return
      }
      guard
        case .lostRace(commit.flush)? = await failure(of: { () throws(ChunkIndexError) in
          try await redis.index.commit(commit)
        })
      else {
        Issue.record("it was committed twice, or the head is not known")
        return
      }
      #expect(try await redis.index.objects(in: PartitionID(0)) == commit.objects)
    }
  }

  private func expectNothingTaken(_ commit: FlushCommit, by index: RedisChunkIndex) async throws {
    let refusal = await failure { () throws(ChunkIndexError) in try await index.commit(commit) }
    guard case .wrongGeneration(nil)? = refusal else {
      Issue.record("expected that an index that is not whole takes nothing, got \(String(describing: refusal))")
      return
    }
  }
}

/// Does what it is asked and loses the answers to one script.
private struct ForgetfulServing: RedisServing {
  let redis: RedisClient
  let script: RedisScript

  func run(
    _ commands: [RedisCommand], near key: RedisKey, isDurable: Bool
  ) async throws(RedisError) -> [RedisReply] {
    let replies = try await redis.run(commands, near: key, isDurable: isDurable)
    for command in commands {
      if case .script(script) = command.head { throw .unavailable(reason: "lost", retryAfter: nil) }
    }
    return replies
  }
}

extension PartitionSnapshot {
  fileprivate func with(generation: Generation) -> PartitionSnapshot {
    PartitionSnapshot(
      partition: partition, generation: generation, commits: commits, epoch: epoch, watermark: watermark, head: head,
      windows: windows, gaps: gaps, objects: objects, letters: letters)
  }
}
