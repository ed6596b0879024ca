import Domain

/// A snapshot with something of every kind in it. Its bytes are in `Golden/v1`: it must never change.
enum SampleSnapshot {
  static func make() throws -> PartitionSnapshot {
    let web = StreamID(tenant: try TenantID("acme"), service: try ServiceName("web"))
    let api = StreamID(tenant: try TenantID("acme"), service: try ServiceName("Größe"))
    let key = WindowKey(producer: ProducerID(id(1, 7)), stream: web)
    var window = SequenceWindow()
    window.apply(
      WindowChange(
        key: key, startsAnew: true, added: [.init(sequence: 0, digest: 5), .init(sequence: 3, digest: .max)],
        lastAppend: time(9)))
    let epoch = LogEpoch(id(2, 1))
    return PartitionSnapshot(
      partition: PartitionID(3), generation: Generation(ordinal: 4, random: id(0, 99)), commits: 17, epoch: epoch,
      watermark: 1_000_000, head: FlushID(id(3, 2)), windows: [key: window],
      gaps: [Gap(epoch: LogEpoch(id(2, 0)), from: 12, end: .max, times: time(-5)...time(1_767_225_600_000_000_000))],
      objects: [
        ObjectDescriptor(
          key: try object("acme/2026/01/01/00/a-0.cwd"), flush: FlushID(id(3, 1)), size: 70_000,
          sha256: [UInt8](1...32), formatVersion: 1, codec: "zstd",
          chunks: [chunk(web, -3_600_000_000_000, 0...5), chunk(api, 0, 1...3_599_999_999_999)]),
        ObjectDescriptor(
          key: try object("_system/2026/01/01/00/b-0.cwd"), flush: FlushID(id(3, 2)), size: 0, sha256: nil,
          formatVersion: 1, codec: "gzip", chunks: []),
      ],
      letters: [
        .init(
          flush: FlushID(id(3, 1)),
          ids: [
            .bytes(checksum: 1, count: 2), .batch(key, sequence: .max, digest: 3, index: nil),
            .batch(key, sequence: 0, digest: 3, index: 4),
          ])
      ])
  }

  static func id(_ high: UInt64, _ low: UInt64) -> Identifier128 { Identifier128(high: high, low: low) }

  private static func time(_ nanoseconds: Int64) -> Timestamp { Timestamp(nanoseconds: nanoseconds) }

  private static func object(_ text: String) throws -> ObjectKey {
    guard let key = ObjectKey(text) else { throw NameError.empty }
    return key
  }

  private static func chunk(_ stream: StreamID, _ bucket: Int64, _ span: ClosedRange<Int64>) -> ChunkDescriptor {
    ChunkDescriptor(
      stream: stream, bucket: TimeBucket(start: time(bucket)), byteRange: 8..<5_000, directoryRange: 4_000..<5_000,
      timeSpan: time(span.lowerBound)...time(span.upperBound), eventCount: 321, severities: 1 << 24 | 1)
  }
}
