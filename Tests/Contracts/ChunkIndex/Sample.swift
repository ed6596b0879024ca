import Application
import Domain
import Testing

/// Descriptors and windows to commit; no two fields of a descriptor have the same value, so that none can be taken for
/// another.
enum Sample {
  static let tenant = TenantID.default

  static func stream(_ service: String, tenant: String = "default") throws -> StreamID {
    StreamID(tenant: try TenantID(tenant), service: try ServiceName(service))
  }

  /// A chunk whose earliest and latest events are at these nanoseconds.
  static func chunk(_ service: String, tenant: String = "default", _ span: ClosedRange<Int64>) throws -> ChunkDescriptor
  {
    let times = Timestamp(nanoseconds: span.lowerBound)...Timestamp(nanoseconds: span.upperBound)
    return ChunkDescriptor(
      stream: try stream(service, tenant: tenant), bucket: TimeBucket(containing: times.lowerBound),
      byteRange: 100..<900, directoryRange: 700..<890, timeSpan: times, eventCount: 12, severities: 0b10_0000_0010)
  }

  static func object(_ flush: FlushID, part: Int = 0, chunks: [ChunkDescriptor]) -> ObjectDescriptor {
    ObjectDescriptor(
      key: key("default/2026/01/02/03/\(flush)-\(part).cwd"), flush: flush, size: 1_000 + part,
      sha256: [UInt8](repeating: UInt8(part & 0xff), count: 31) + [0xA5], formatVersion: 1, codec: "zstd",
      chunks: chunks)
  }

  static func key(_ text: String) -> ObjectKey {
    guard let key = ObjectKey(text) else { preconditionFailure("a sample has the key '\(text)'") }
    return key
  }

  static func windowKey(_ number: UInt64, _ service: String = "api") throws -> WindowKey {
    WindowKey(producer: ProducerID(Identifier128(high: 0xF0, low: number)), stream: try stream(service))
  }

  static func change(
    _ key: WindowKey, startsAnew: Bool = false, _ added: [(UInt64, UInt32)], lastAppend: Timestamp = .epoch
  ) -> WindowChange {
    WindowChange(
      key: key, startsAnew: startsAnew, added: added.map { .init(sequence: $0.0, digest: $0.1) },
      lastAppend: lastAppend)
  }
}

/// What a window remembers, whatever it looks like inside.
struct Remembered: Equatable {
  let sequences: [UInt64]
  let digests: [UInt32]
  let newest: UInt64?
  let lastAppend: Timestamp

  init(_ window: SequenceWindow) {
    sequences = window.entries.map(\.sequence)
    digests = window.entries.map(\.digest)
    newest = window.newest
    lastAppend = window.lastAppend
  }

  /// What these changes leave of nothing.
  init(_ changes: [WindowChange]) {
    var window = SequenceWindow()
    for change in changes { window.apply(change) }
    self.init(window)
  }
}

/// All that one partition shows, to compare.
struct PartitionView: Equatable {
  let epoch: LogEpoch?
  let watermark: UInt64
  let head: FlushID?
  let windows: [WindowKey: Remembered]
  let gaps: [Gap]
  let objects: [ObjectDescriptor]
  let chunks: Set<IndexedChunks.Chunk>
  let services: [ServiceName]

  init(_ index: some ChunkIndex, _ partition: PartitionID = PartitionID(0)) async throws {
    let state = try await index.state(of: partition)
    epoch = state.epoch
    watermark = state.watermark
    head = state.head
    windows = state.windows.mapValues { Remembered($0) }
    gaps = state.gaps
    objects = try await index.objects(in: partition)
    let found = try await index.chunks(in: partition, tenant: Sample.tenant, service: nil, overlapping: .all)
    chunks = Set(found.chunks)
    services = try await index.services(of: Sample.tenant)
  }
}
