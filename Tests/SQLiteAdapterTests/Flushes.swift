import Application
import Domain
import Testing

/// Commits to try the adapter with.
enum Flushes {
  static let generation = Generation(Identifier128(high: 1, low: 1))
  static let epoch = LogEpoch(Identifier128(high: 2, low: 2))

  static func id(_ number: Int) -> FlushID { FlushID(Identifier128(high: 3, low: UInt64(number))) }

  /// The flush `number`, from 0, of partition 0, ten offsets long.
  static func commit(
    _ number: Int, begun: Timestamp = .epoch, chunks: [ChunkDescriptor] = [], windows: [WindowChange] = [],
    deadLetters: [DeadLetterID] = []
  ) throws -> FlushCommit {
    let flush = id(number)
    let key = try #require(ObjectKey("default/\(flush)-0.cwd"))
    let object = ObjectDescriptor(
      key: key, flush: flush, size: 1_000, sha256: [UInt8](repeating: 7, count: 32), formatVersion: 1, codec: "zstd",
      chunks: chunks)
    return FlushCommit(
      partition: PartitionID(0), generation: generation, flush: flush, parent: number == 0 ? nil : id(number - 1),
      epoch: epoch, range: UInt64(number) * 10..<UInt64(number + 1) * 10, objects: [object], windows: windows,
      deadLetters: deadLetters, begun: begun, newestAppend: .epoch)
  }

  static func chunk(_ service: String, _ span: ClosedRange<Int64>) throws -> ChunkDescriptor {
    let times = Timestamp(nanoseconds: span.lowerBound)...Timestamp(nanoseconds: span.upperBound)
    return ChunkDescriptor(
      stream: StreamID(tenant: .default, service: try ServiceName(service)),
      bucket: TimeBucket(containing: times.lowerBound), byteRange: 0..<900, directoryRange: 800..<900,
      timeSpan: times, eventCount: 3, severities: 1)
  }
}
