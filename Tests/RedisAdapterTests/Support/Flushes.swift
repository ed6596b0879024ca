import Application
import Domain
import Testing

@testable import RedisAdapter

/// Commits of partition 0, one behind the other.
enum Flushes {
  static let generation = Generation(Identifier128(high: 1, low: 7))

  static func flush(_ number: Int) -> FlushID { FlushID(Identifier128(high: 4, low: UInt64(number) + 1)) }

  static func chunk(_ service: String, _ span: ClosedRange<Int64>) throws -> ChunkDescriptor {
    let times = Timestamp(nanoseconds: span.lowerBound)...Timestamp(nanoseconds: span.upperBound)
    return ChunkDescriptor(
      stream: StreamID(tenant: .default, service: try ServiceName(service)),
      bucket: TimeBucket(containing: times.lowerBound), byteRange: 4_000_000..<4_012_345,
      directoryRange: 4_012_000..<4_012_345, timeSpan: times, eventCount: 400, severities: 0b10_0010_0000_0000)
  }

  static func commit(
    _ number: Int, to index: RedisChunkIndex, chunks: [ChunkDescriptor] = [], windows: [WindowChange] = [],
    newestAppend: Timestamp = .epoch
  ) async throws -> FlushCommit {
    let key =
      "cordwood/tenant-1/2026/01/02/03/0123456789abcdef0123456789abcdef-0-\(number * 10)-\(number * 10 + 10)-pack-\(flush(number).value)-0.cwd"
    let object = ObjectDescriptor(
      key: try #require(ObjectKey(key)), flush: flush(number), size: 5_000_000,
      sha256: [UInt8](repeating: 0xA5, count: 32), formatVersion: 1, codec: "zstd", chunks: chunks)
    return FlushCommit(
      partition: PartitionID(0), generation: generation, flush: flush(number),
      parent: number == 0 ? nil : flush(number - 1), epoch: LogEpoch(Identifier128(high: 0, low: 1)),
      range: UInt64(number) * 10..<UInt64(number) * 10 + 10, objects: [object], windows: windows, deadLetters: [],
      begun: try await index.time(), newestAppend: newestAppend)
  }
}

/// What kept a call from succeeding; nil if it did.
func failure(of call: () async throws(ChunkIndexError) -> Void) async -> ChunkIndexError? {
  do throws(ChunkIndexError) { try await call() } catch { return error }
  return nil
}
