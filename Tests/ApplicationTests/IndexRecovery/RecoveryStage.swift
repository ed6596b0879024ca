import Application
import Domain
import InMemoryAdapter
import InProcessAdapter
import TestSupport

/// A pipeline whose index can be copied, lost and rebuilt.
struct RecoveryStage: Sendable {
  static let partition = PartitionID(0)

  let pipeline = Pipeline()
  let ports: IndexRecoveryPorts
  let operations: OperateIndex<PlainCodec>
  let snapshots: TakeSnapshots<PlainCodec>
  let configuration: IndexRecoveryConfiguration

  init(footersInFlight: Int = 3) {
    var configuration = IndexRecoveryConfiguration()
    configuration.prefix = "test"
    configuration.listingPage = 2
    configuration.footersInFlight = footersInFlight
    configuration.footerReadBytes = 64
    self.configuration = configuration
    ports = IndexRecoveryPorts(
      log: pipeline.log, index: pipeline.index, store: pipeline.store, lease: InProcessLease(clock: pipeline.clock),
      clock: pipeline.clock, identifiers: SeededIdentifiers(seed: 9), telemetry: pipeline.telemetry)
    operations = OperateIndex(
      ports: ports, configuration: configuration, codec: PlainCodec(), codecs: BlockCodecs([PlainCodec()]))
    snapshots = TakeSnapshots(ports: ports, configuration: configuration, codec: PlainCodec())
  }

  /// Flushes once for each number: events of two tenants, of which one gets two services.
  func flush(_ numbers: Range<UInt64>) async throws {
    for number in numbers {
      try await pipeline.running {
        for (tenant, service) in [("acme", "web"), ("acme", "api"), ("other", "web")] {
          let record = Batches.record(
            ["\(tenant) \(service) \(number)"], stream: try Batches.stream(tenant, service),
            producer: Batches.producer(number % 2), sequence: number,
            first: Batches.start.advanced(by: .seconds(Int64(number))))
          _ = try await pipeline.log.append(record, to: Self.partition)
        }
        // Returns when all was read: the flush at the end is of what was read.
        _ = try await pipeline.processor.recent(
          in: Self.partition, tenant: .default, service: nil, range: .all, patience: .seconds(1))
      }
    }
  }

  /// All that the index holds, but for what a footer does not know and a rebuild counts anew.
  func view() async throws -> PartitionSnapshot {
    let snapshot = try await pipeline.index.snapshot(of: Self.partition)
    return PartitionSnapshot(
      partition: snapshot.partition, generation: Generation(Identifier128(high: 0, low: 0)), commits: 0,
      epoch: snapshot.epoch, watermark: snapshot.watermark, head: snapshot.head, windows: snapshot.windows,
      gaps: snapshot.gaps,
      objects: snapshot.objects.map { object in
        ObjectDescriptor(
          key: object.key, flush: object.flush, size: object.size, sha256: nil, formatVersion: object.formatVersion,
          codec: object.codec, chunks: object.chunks)
      }, letters: snapshot.letters)
  }

  func rebuild() async throws -> RebuildReport { try await operations.rebuild { _ in } }

  /// Keys of the objects of flushes, in the order of their commits.
  func objects() async throws -> [ObjectKey] {
    try await pipeline.index.objects(in: Self.partition).map(\.key)
  }

  func snapshotKeys() async -> [ObjectKey] {
    await pipeline.store.keys.filter { SnapshotName($0, prefix: "test") != nil }
  }

  /// Overwrites the end of an object.
  func damage(_ key: ObjectKey) async throws {
    var bytes = try await pipeline.store.get(key, limit: 1 << 30)
    bytes[bytes.count - 20] ^= 0xFF
    try await pipeline.store.put(bytes, at: key)
  }
}
