import Application
package import Composition

/// How chunks are built and snapshots kept.
package enum BuildingSettings {
  static let chunkCodec = Setting(
    "CHUNK_CODEC", .choice, default: ChunkCodec.zstd, "Codec of new chunks; those that are there stay readable.")
  static let flushBytes = Setting(
    "FLUSH_BYTES", .byteCount(in: (64 << 10)...(256 << 20)), default: 24 << 20,
    "Bytes of events of one partition that make a flush due.")
  static let flushAge = Setting(
    "FLUSH_AGE", .duration(in: .milliseconds(100)...(.seconds(3_600))), default: .seconds(30),
    "How long an event waits for its flush at most; it can be found before it, too.")
  static let snapshotInterval = Setting(
    "SNAPSHOT_INTERVAL", .duration(in: .seconds(1)...(.seconds(86_400))), default: .seconds(300),
    "How often the index is copied into the object store: what a rebuild of it has to read grows with it.")
  static let openBytes = Setting(
    "MAX_OPEN_BYTES", .byteCount(in: (1 << 20)...(16 << 30)), default: 48 << 20,
    "Bytes of events that all partitions hold in memory together before the largest flushes early.")

  package static let all: [any DeclaredSetting] = [chunkCodec, flushBytes, flushAge, snapshotInterval, openBytes]

  static func configuration(_ settings: Settings) -> BuildChunksConfiguration {
    var configuration = BuildChunksConfiguration()
    configuration.policy = FlushPolicy(bytes: settings[flushBytes], age: settings[flushAge])
    configuration.memoryBytes = settings[openBytes]
    configuration.partitionBytes = max(settings[openBytes], 2 * settings[flushBytes])
    return configuration
  }
}
