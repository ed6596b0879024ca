import Application
import Domain
import EventLogContract
import Glibc
import Testing

@testable import KafkaAdapter

/// Figures for the README of the adapter: `CORDWOOD_MEASURE=1 KAFKA_BROKERS=… swift test -c release -Xswiftc -enable-testing
/// --filter KafkaMeasurements`. Nothing is asserted on time.
@Suite(
  "The log on Kafka, measured",
  .ifMeasuring, .onKafka, .serialized, .timeLimit(.minutes(10)))
struct KafkaMeasurements {
  /// A record of 1,000 events of 220 bytes.
  private static let recordBytes = 220_000
  private static let records = 4_000

  @Test("records of a thousand events, appended and read")
  func throughput() async throws {
    let configuration = try await KafkaUnderTest.kafka.logConfiguration(partitions: 8)
    try await KafkaUnderTest.withLog(configuration) { log in
      let record = SampleRecord.numbered(7, payloadBytes: Self.recordBytes)
      try await measure("append") {
        try await withThrowingTaskGroup { group in
          for writer in 0..<64 {
            group.addTask { @concurrent in
              for number in stride(from: writer, to: Self.records, by: 64) {
                _ = try await log.append(record, to: PartitionID(number % 8))
              }
            }
          }
          try await group.waitForAll()
        }
      }
      try await measure("read") {
        try await withThrowingTaskGroup { group in
          for partition in 0..<8 {
            group.addTask { @concurrent in
              var next: UInt64 = 0
              while next < UInt64(Self.records / 8) {
                let slice = try await log.read(
                  PartitionID(partition), from: next, limit: 4 << 20, patience: .seconds(5))
                next += UInt64(slice.records.count)
              }
            }
          }
          try await group.waitForAll()
        }
      }
      let begun = ContinuousClock.now
      for _ in 0..<200 { _ = try await log.bounds(of: PartitionID(0)) }
      print("bounds: \((ContinuousClock.now - begun) / 200) each")
    }
  }

  private func measure(_ name: String, _ body: () async throws -> Void) async throws {
    let before = Self.processorSeconds()
    let seconds = try await ContinuousClock().measure { try await body() } / .seconds(1)
    let processor = Self.processorSeconds() - before
    let megabytes = Double(Self.records * Self.recordBytes) / 1e6
    print(
      "\(name): \(Int(megabytes / seconds)) MB/s, \(processor / Double(Self.records) * 1_000) CPU-seconds per million events"
    )
  }

  private static func processorSeconds() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
