import Application
import Domain
import Foundation
import SQLiteAdapter
import InMemoryAdapter
import Testing

/// Figures for the README of the adapter: `CORDWOOD_MEASURE=1 swift test -c release -Xswiftc -enable-testing --filter
/// SQLiteChunkIndexMeasurements`. Nothing is asserted on time.
@Suite(
  "The index in SQLite, measured", .enabled(if: ProcessInfo.processInfo.environment["CORDWOOD_MEASURE"] != nil),
  .serialized, .timeLimit(.minutes(10)))
struct SQLiteChunkIndexMeasurements {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("commits of 50 windows and 5 chunks")
  func commits() async throws {
    let index = try await open()
    let count = 500
    let commits = try (0..<count).map { number in
      // Each window takes 20 batches a commit: dense, full after 52 commits.
      let windows = try (0..<50).map { key in
        try change(key, (0..<20).map { (UInt64(number * 20 + $0), UInt32(key)) })
      }
      let chunks = try (0..<5).map { try Flushes.chunk("service-\($0)", Int64(number)...Int64(number + 60)) }
      return try Flushes.commit(number, chunks: chunks, windows: windows)
    }
    let time = try await ContinuousClock().measure {
      for commit in commits { try await index.commit(commit) }
    }
    report("commits with 50 windows and 5 chunks", "\(Int(Double(count) / seconds(time))) a second")
  }

  @Test("loading the state with 10,000 windows", arguments: [20, 1_024])
  func loadsState(_ sequences: Int) async throws {
    let index = try await open()
    let windows = try (0..<10_000).map { key in
      try change(key, (0..<sequences).map { (UInt64($0), UInt32(key)) })
    }
    try await index.commit(Flushes.commit(0, windows: windows))
    var state = PartitionState.empty
    let time = try await ContinuousClock().measure { state = try await index.state(of: PartitionID(0)) }
    #expect(state.windows.count == 10_000)
    report("state of 10,000 windows of \(sequences) sequences", "\(milliseconds(time)) ms")
  }

  @Test("look-ups among 200,000 chunks of 200 services over 30 days")
  func looksUp() async throws {
    let index = try await open()
    let minute: Int64 = 60_000_000_000
    // A flush every 43 minutes with a chunk of each service, spans of one second to an hour.
    for number in 0..<1_000 {
      let chunks = try (0..<200).map { service in
        let start = Int64(number) * 43 * minute
        let length = Int64((number &* 7 &+ service &* 13) % 3_600 + 1) * 1_000_000_000
        return try Flushes.chunk("service-\(service)", start...(start + length))
      }
      try await index.commit(Flushes.commit(number, chunks: chunks))
    }
    let day = 1_440 * minute
    for (name, service, start, length) in [
      ("one service, ten minutes of 15 days ago", "service-7", 15 * day, 10 * minute),
      ("one service, the first hour", "service-7", 0, 60 * minute),
      ("one service, a day", "service-7", 15 * day, day),
      ("one service, everything", "service-7", 0, 40 * day),
      ("all services, ten minutes of 15 days ago", nil, 15 * day, 10 * minute),
      ("all services, a day", nil, 15 * day, day),
    ] as [(String, String?, Int64, Int64)] {
      let range = TimeRange(from: Timestamp(nanoseconds: start), to: Timestamp(nanoseconds: start + length))
      var times: [Duration] = []
      var found = 0
      for _ in 0..<20 {
        times.append(
          try await ContinuousClock().measure {
            found = try await index.chunks(
              in: PartitionID(0), tenant: .default, service: try service.map { try ServiceName($0) },
              overlapping: range
            ).chunks.count
          })
      }
      report("\(name): \(found) chunks", "\(milliseconds(times.sorted()[10])) ms")
    }
    let size = try FileManager.default.attributesOfItem(atPath: folder.index)[.size] as? Int ?? 0
    report("file", "\(size >> 20) MiB, \(size / 200_000) bytes a chunk")
  }

  private func open() async throws -> SQLiteChunkIndex {
    let index = try await SQLiteChunkIndex.open(
      .init(path: folder.index), clock: StoppedClock(), telemetry: RecordingTelemetry())
    try await index.initialise(Flushes.generation)
    return index
  }

  private func change(_ key: Int, _ added: [(UInt64, UInt32)]) throws -> WindowChange {
    WindowChange(
      key: WindowKey(
        producer: ProducerID(Identifier128(high: 4, low: UInt64(key))),
        stream: StreamID(tenant: .default, service: try ServiceName("service-\(key % 100)"))),
      startsAnew: false, added: added.map { .init(sequence: $0.0, digest: $0.1) }, lastAppend: .epoch)
  }

  private func report(_ what: String, _ figure: String) { print("measured: \(what): \(figure)") }

  private func seconds(_ duration: Duration) -> Double { duration.fractionalSeconds }

  private func milliseconds(_ duration: Duration) -> Double {
    (duration.fractionalSeconds * 1e5).rounded() / 100
  }
}
