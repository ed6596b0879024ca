import Composition
import Serving

/// What `cordwood serve` can be told.
enum ServeSettings {
  static let dataDirectory = Setting(
    "DATA_DIR", .path, default: "./cordwood-data", "Folder for log, objects, index and dead letters; made if missing.")
  static let partitions = Setting(
    "LOG_PARTITIONS", .count(in: 1...256), default: 1,
    "Partitions of the log: more use more cores, and cost more objects. May grow, never shrink.")
  static let logKeepBytes = Setting(
    "LOG_KEEP_BYTES", .byteCount(in: 0...(1 << 40)), default: 256 << 20,
    "Bytes of the log that are kept although they are in objects, for an index file that is put back from a copy.")

  static let all: [any DeclaredSetting] =
    [dataDirectory, DoorSettings.address, DoorSettings.grpcPort, DoorSettings.httpPort, DoorSettings.metricsPort]
    + [LogSettings.level, LogSettings.format, partitions, logKeepBytes] + BuildingSettings.all + IntakeSettings.all
    + AnswerSettings.all + [DoorSettings.stopTimeout]
}
