import Application
import Domain
import EventLogContract
import Testing
import Threads

@testable import DiskAdapter

@Suite("Disk event log", .timeLimit(.minutes(1)))
struct DiskEventLogTests {
  static let pool = ThreadPool(name: "disk-test", threads: 4)

  @Test("keeps the port's promises", arguments: EventLogPromise.allCases)
  func keeps(_ promise: EventLogPromise) async throws {
    try await withTemporaryFolder { folder in
      let log = try await Self.open(DiskEventLogConfiguration(folder: folder + "/log", partitions: 3, spread: 2))
      try await promise.check(on: log)
      await log.close()
    }
  }

  @Test("keeps the port's promises from the disk, in many segments", arguments: EventLogPromise.allCases)
  func keepsFromDisk(_ promise: EventLogPromise) async throws {
    try await withTemporaryFolder { folder in
      var configuration = DiskEventLogConfiguration(folder: folder, partitions: 2)
      configuration.segmentBytes = 2_000
      configuration.recentBytes = 0
      let log = try await Self.open(configuration)
      try await promise.check(on: log)
      await log.close()
    }
  }

  static func open(
    _ configuration: DiskEventLogConfiguration, telemetry: any Telemetry = RecordingTelemetry(), seed: UInt64 = 1
  ) async throws(EventLogError) -> DiskEventLog {
    try await DiskEventLog.open(
      configuration, pool: pool, clock: SystemClock(), identifiers: SeededIdentifiers(seed: seed), telemetry: telemetry)
  }
}
