import Application
import Domain
import ObjectStoreContract
import Testing
import Threads

@testable import DiskAdapter

@Suite("Disk object store", .timeLimit(.minutes(1)))
struct DiskObjectStoreTests {
  static let pool = ThreadPool(name: "disk-test", threads: 4)

  @Test("keeps the port's promises", arguments: ObjectStorePromise.allCases)
  func keeps(_ promise: ObjectStorePromise) async throws {
    try await withTemporaryFolder { folder in
      try await promise.check(on: try await Self.open(folder + "/store"))
    }
  }

  static func open(_ folder: String) async throws(ObjectStoreError) -> DiskObjectStore {
    try await DiskObjectStore.open(
      folder, pool: pool, identifiers: SeededIdentifiers(), telemetry: RecordingTelemetry())
  }
}
