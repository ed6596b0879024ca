import Application
import Domain
import Foundation
import InMemoryAdapter
import Testing

@testable import RedisAdapter

/// Figures for the README of the adapter: `CORDWOOD_MEASURE=1 REDIS_ADDR=... swift test -c release -Xswiftc -enable-testing
/// --filter RedisChunkIndexMeasurements`, on a Redis of its own. Nothing is asserted on them.
@Suite(
  "The index in Redis, measured",
  .enabled(
    if: ProcessInfo.processInfo.environment["CORDWOOD_MEASURE"] != nil,
    "it measures and asserts nothing: set CORDWOOD_MEASURE=1"), .serialized, .timeLimit(.minutes(10)))
struct RedisChunkIndexMeasurements {
  private static let hour: Int64 = 3_600_000_000_000

  @Test("bytes for each chunk: 1,250 streams, one chunk each hour, ten days")
  func chunks() async throws {
    try await SharedRedis.withClient { client in
      let index = try await index(client)
      let before = try await memory(client)
      let (streams, hours) = (1_250, 240)
      let time = try await ContinuousClock().measure {
        for hour in 0..<hours {
          let chunks = try (0..<streams).map { stream in
            let start = 1_700_000_000_000_000_000 + Int64(hour) * Self.hour + Int64(stream * 7_919 % 60) * 1_000_003
            return try Flushes.chunk("service-\(stream)", start...(start + Self.hour - 60_000_000_001))
          }
          try await index.commit(Flushes.commit(hour, to: index, chunks: chunks))
        }
      }
      let bytes = Double(try await memory(client) - before) / Double(streams * hours)
      report("a chunk", "\(bytes) bytes; \(time / hours) a commit of \(streams) chunks")
      report("10,000 streams over 30 days", "\(Int(bytes * 10_000 * 720) >> 20) MiB")
      let day = 1_700_000_000_000_000_000 + 5 * 24 * Self.hour
      for (name, service, length) in [
        ("one service, ten minutes", "service-7", Self.hour / 6), ("one service, a day", "service-7", 24 * Self.hour),
        ("one service, everything", "service-7", 2_400 * Self.hour), ("all services, ten minutes", nil, Self.hour / 6),
        ("all services, a day", nil, 24 * Self.hour),
      ] as [(String, String?, Int64)] {
        let start = length > 1_000 * Self.hour ? 1_600_000_000_000_000_000 : day
        let range = TimeRange(from: Timestamp(nanoseconds: start), to: Timestamp(nanoseconds: start + length))
        var count = 0
        var times: [Duration] = []
        for _ in 0..<10 {
          times.append(
            try await ContinuousClock().measure {
              count = try await index.chunks(
                in: PartitionID(0), tenant: .default, service: try service.map { try ServiceName($0) },
                overlapping: range
              ).chunks.count
            })
        }
        report("\(name): \(count) chunks", "\(times.sorted()[5])")
      }
      try await report("a snapshot of all", time: { _ = try await index.snapshot(of: PartitionID(0)) })
    }
  }

  @Test("bytes for each stream, object and window")
  func others() async throws {
    try await SharedRedis.withClient { client in
      let index = try await index(client)
      var before = try await memory(client)
      for number in 0..<1_000 { try await index.commit(Flushes.commit(number, to: index)) }
      report("an object", "\((try await memory(client) - before) / 1_000) bytes")
      for (place, sequences) in [20, 1_024].enumerated() {
        before = try await memory(client)
        let windows = try (0..<2_000).map { number in
          WindowChange(
            key: WindowKey(
              producer: ProducerID(Identifier128(high: UInt64(place), low: UInt64(number))),
              stream: StreamID(tenant: .default, service: try ServiceName("service-\(number)"))),
            startsAnew: true, added: (0..<sequences).map { .init(sequence: UInt64($0), digest: UInt32($0)) },
            lastAppend: .epoch)
        }
        let commit = try await Flushes.commit(1_000 + place, to: index, windows: windows)
        try await report(
          "a commit of 2,000 windows of \(sequences) sequences", time: { try await index.commit(commit) })
        report("a window of \(sequences) sequences", "\((try await memory(client) - before) / 2_000) bytes")
      }
      try await report("the state", time: { _ = try await index.state(of: PartitionID(0)) })
      before = try await memory(client)
      let chunks = try (0..<5_000).map { try Flushes.chunk("new-\($0)", 0...Self.hour) }
      try await index.commit(Flushes.commit(1_002, to: index, chunks: chunks))
      report("a new stream with its first chunk", "\((try await memory(client) - before) / 5_000) bytes")
    }
  }

  private func index(_ client: RedisClient) async throws -> RedisChunkIndex {
    let index = RedisChunkIndex(client, telemetry: RecordingTelemetry())
    try await index.initialise(Flushes.generation)
    return index
  }

  private func memory(_ client: RedisClient) async throws -> Int {
    let info = ServerInfo(try await client.run(RedisCommand("INFO", Array("memory".utf8)), near: RedisKey("any")))
    return Int(info["used_memory_dataset"] ?? "0") ?? 0
  }

  private func report(_ what: String, time call: () async throws -> Void) async throws {
    report(what, "\(try await ContinuousClock().measure { try await call() })")
  }

  private func report(_ what: String, _ figure: String) { print("measured: \(what): \(figure)") }
}
