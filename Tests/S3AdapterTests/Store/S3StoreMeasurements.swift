import Application
import Domain
import Foundation
import Glibc
import TestSupport
import Testing

@testable import S3Adapter

/// Figures for the README of the adapter, on what is up of SeaweedFS and MinIO: `CORDWOOD_MEASURE=1 swift test -c release
/// -Xswiftc -enable-testing --filter S3StoreMeasurements`. Nothing is asserted on time.
@Suite(
  "The store on S3, measured",
  .enabled(
    if: ProcessInfo.processInfo.environment["CORDWOOD_MEASURE"] != nil,
    "it measures and asserts nothing: set CORDWOOD_MEASURE=1"), .serialized, .timeLimit(.minutes(10)))
struct S3StoreMeasurements {
  @Test(
    "puts and gets", arguments: [("s3", "S3"), ("minio", "MINIO")],
    [(bytes: 10_000, count: 2_000), (bytes: 1 << 20, count: 200), (bytes: 16 << 20, count: 24)])
  func putsAndGets(_ server: (name: String, prefix: String), _ load: (bytes: Int, count: Int)) async throws {
    guard TestService.settings(of: server.name) != nil else { return }
    try await S3Stage.withStore(try S3Stage.configuration(server.name, server.prefix)) { store in
      let content = (0..<load.bytes).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 9) }
      try await Self.report("\(server.name): put of \(load.bytes) bytes", load) { key in
        try await store.put(content, at: key)
      }
      try await Self.report("\(server.name): get of \(load.bytes) bytes", load) { key in
        _ = try await store.get(key, limit: load.bytes)
      }
    }
  }

  /// Eight at a time; the processor's time is this process's own.
  private static func report(
    _ what: String, _ load: (bytes: Int, count: Int), _ call: @escaping @Sendable (ObjectKey) async throws -> Void
  ) async throws {
    let count = load.count
    let before = clock()
    let time = try await ContinuousClock().measure {
      try await withThrowingTaskGroup { group in
        for worker in 0..<8 {
          group.addTask {
            for number in stride(from: worker, to: count, by: 8) { try await call(try S3Stage.key("o/\(number)")) }
          }
        }
        try await group.waitForAll()
      }
    }
    let processor = Double(clock() - before) / Double(CLOCKS_PER_SEC)
    let rate = Double(count) / time.fractionalSeconds
    print(
      "\(what): \(Int(rate)) a second, \(Int(rate * Double(load.bytes)) >> 20) MiB/s,",
      "\(Int(processor * 1e6 / Double(count))) us of processor each")
  }
}
