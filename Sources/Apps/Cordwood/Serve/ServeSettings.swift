import Composition
import ConsoleAdapter

/// What `cordwood serve` can be told.
enum ServeSettings {
  static let dataDirectory = Setting(
    "DATA_DIR", .path, default: "./cordwood-data", "Folder for log, objects, index and dead letters; made if missing.")
  static let address = Setting(
    "LISTEN_ADDRESS", .address, default: "127.0.0.1",
    "Address to listen on; 0.0.0.0 or :: for all. Nobody is asked for a key yet, so think before you open it.")
  static let grpcPort = Setting(
    "GRPC_PORT", .port, default: 50_051, "Port that agents and other senders ship events to.")
  static let httpPort = Setting("HTTP_PORT", .port, default: 8_080, "Port of the query API.")
  static let metricsPort = Setting("METRICS_PORT", .port, default: 8_081, "Port of /metrics and the health endpoints.")
  static let logLevel = Setting(
    "LOG_LEVEL", .choice, default: LogLevel.info, "What the server's own log says at least.")
  static let logFormat = Setting(
    "LOG_FORMAT", .choice, default: LogFormat.text, "How the server's own log is written to standard error.")
  static let chunkCodec = Setting(
    "CHUNK_CODEC", .choice, default: ChunkCodec.zstd, "Codec of new chunks; those that are there stay readable.")
  static let partitions = Setting(
    "LOG_PARTITIONS", .count(in: 1...256), default: 1,
    "Partitions of the log: more use more cores, and cost more objects. May grow, never shrink.")
  static let logKeepBytes = Setting(
    "LOG_KEEP_BYTES", .byteCount(in: 0...(1 << 40)), default: 256 << 20,
    "Bytes of the log that are kept although they are in objects, for an index file that is put back from a copy.")
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
  static let maximumEventAge = Setting(
    "MAX_EVENT_AGE", .duration(in: .seconds(60)...DurationUnit.longest), default: .seconds(30 * 86_400),
    "Older events get the time of receipt, with the original kept; imports of old logs are exempt.")
  static let maximumStreams = Setting(
    "MAX_STREAMS", .count(in: 1...1_000_000), default: 10_000,
    "Services that one tenant may have; batches of further ones go to the dead letters.")
  static let eventRate = Setting(
    "RATE_LIMIT_EVENTS", .count(in: 1...1_000_000_000), otherwise: "no limit",
    "Events per second that one tenant may send.")
  static let byteRate = Setting(
    "RATE_LIMIT_BYTES", .byteCount(in: 1...(1 << 40)), otherwise: "no limit",
    "Bytes per second that one tenant may send.")
  static let queryTimeout = Setting(
    "QUERY_TIMEOUT", .duration(in: .milliseconds(100)...(.seconds(600))), default: .seconds(30),
    "How long a query may take before it ends with an error.")
  static let stopTimeout = Setting(
    "STOP_TIMEOUT", .duration(in: .seconds(1)...(.seconds(600))), default: .seconds(25),
    "How long a graceful stop may take before what is left is cut off.")

  static let all: [any DeclaredSetting] = [
    dataDirectory, address, grpcPort, httpPort, metricsPort, logLevel, logFormat, chunkCodec, partitions, logKeepBytes,
    flushBytes, flushAge, snapshotInterval, openBytes, maximumEventAge, maximumStreams, eventRate, byteRate,
    queryTimeout, stopTimeout,
  ]
}
