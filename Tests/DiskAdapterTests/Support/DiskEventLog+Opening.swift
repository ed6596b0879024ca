import Application
import Threads

@testable import DiskAdapter

extension DiskEventLogConfiguration {
  /// A log that is read from its files alone: no record is kept in memory.
  static func unbuffered(
    _ folder: String = "/disk/log", segmentBytes: Int = 64 << 20, keepBytes: Int = 256 << 20
  ) -> DiskEventLogConfiguration {
    var configuration = DiskEventLogConfiguration(folder: folder)
    configuration.segmentBytes = segmentBytes
    configuration.keepBytes = keepBytes
    configuration.recentBytes = 0
    return configuration
  }
}

extension DiskEventLog {
  /// Opens a log whose files lie in `files`.
  static func open(
    _ configuration: DiskEventLogConfiguration, in files: any FileSystem, pool: ThreadPool,
    _ telemetry: RecordingTelemetry = RecordingTelemetry(), seed: UInt64 = 1
  ) async throws(EventLogError) -> DiskEventLog {
    try await open(
      LogPartition.Surroundings(
        configuration: configuration, files: files, pool: pool, clock: SystemClock(), telemetry: telemetry),
      SeededIdentifiers(seed: seed))
  }
}
