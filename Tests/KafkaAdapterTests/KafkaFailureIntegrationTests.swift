import Application
import Domain
import EventLogContract
import Foundation
import InProcessAdapter
import TestSupport
import Testing

@testable import KafkaAdapter

@Suite(
  "Kafka whose brokers die", .serialized, .onOwnKafka,
  .timeLimit(.minutes(5)))
struct KafkaFailureIntegrationTests {
  @Test("three brokers killed in turn while records are appended lose nothing")
  func killedInTurn() async throws {
    try await TestService.withOwn("kafka3", ports: ["KAFKA3_PORT"]) { service in
      var configuration = KafkaEventLogConfiguration(
        connection: KafkaConnection(brokers: try service.setting("KAFKA3_BROKERS")), topic: "log", partitions: 3)
      configuration.deliveryTimeout = .seconds(8)
      try await KafkaUnderTest.withLog(configuration) { log in
        let writers = Task { try await Self.write(to: log, writers: 6) }
        for broker in 1...3 {
          try await Task.sleep(for: .seconds(1))
          try service.signal(SIGKILL, process: "broker-\(broker)")
          try await Task.sleep(for: .seconds(2))
          try await service.start()
        }
        writers.cancel()
        let acknowledged = try await writers.value
        #expect(acknowledged.values.reduce(0) { $0 + $1.count } > 100)
        try await Self.expectAll(acknowledged, in: log)
      }
    }
  }

  @Test("a broker killed and started again has what it acknowledged, and the log goes on by itself")
  func restarted() async throws {
    try await TestService.withOwn("kafka", ports: ["KAFKA_PORT"]) { service in
      var configuration = KafkaEventLogConfiguration(
        connection: KafkaConnection(brokers: try service.setting("KAFKA_BROKERS")), topic: "log", partitions: 2)
      configuration.deliveryTimeout = .seconds(3)
      configuration.connection.answerTimeout = .seconds(2)
      try await KafkaUnderTest.withLog(configuration) { log in
        let before = try await log.append(SampleRecord.numbered(1), to: PartitionID(0))
        try await service.kill()
        let error = await #expect(throws: EventLogError.self) {
          try await log.append(SampleRecord.numbered(2), to: PartitionID(0))
        }
        guard case .unavailable = error else {
          Issue.record("\(String(describing: error))")
          return
        }
        try await service.start()
        try await Self.expectAll([PartitionID(0): [before.offset: 1]], in: log)
        let position = try await Self.appendInTheEnd(3, to: log)
        #expect(position.offset > before.offset)
      }
    }
  }

  /// Appends numbered records until the task is cancelled, each until it is acknowledged.
  ///
  /// - Returns: What was acknowledged: numbers by their offsets.
  private static func write(
    to log: KafkaEventLog, writers: Int
  ) async throws -> [PartitionID: [UInt64: Int]] {
    try await withThrowingTaskGroup { group in
      for writer in 0..<writers {
        let partition = PartitionID(writer % 3)
        group.addTask { () -> (PartitionID, [UInt64: Int]) in
          var acknowledged: [UInt64: Int] = [:]
          var number = writer * 1_000_000
          while !Task.isCancelled {
            do throws(EventLogError) {
              let record = SampleRecord.numbered(number, payloadBytes: 2_000)
              acknowledged[try await log.append(record, to: partition).offset] = number
              number += 1
            } catch {
              switch error {
              case .unavailable, .full: continue  // as a sender does: the same again
              case .cancelled: return (partition, acknowledged)
              default: throw error
              }
            }
          }
          return (partition, acknowledged)
        }
      }
      return try await group.reduce(into: [:]) { all, part in
        all[part.0, default: [:]].merge(part.1) { _, _ in -1 }
      }
    }
  }

  private static func expectAll(_ acknowledged: [PartitionID: [UInt64: Int]], in log: KafkaEventLog) async throws {
    for (partition, numbers) in acknowledged {
      var found: [UInt64: Int] = [:]
      let end = try await boundsInTheEnd(partition, log).end
      while UInt64(found.count) < end {
        let slice = try await log.read(partition, from: UInt64(found.count), limit: 1 << 20, patience: .seconds(10))
        try #require(!slice.records.isEmpty)
        for record in slice.records { found[record.offset] = SampleRecord.number(record.record) }
      }
      let lost = numbers.filter { found[$0.key] != $0.value }
      #expect(lost.isEmpty, "\(lost.count) of \(numbers.count) acknowledged records are not where they were")
    }
  }

  private static func boundsInTheEnd(_ partition: PartitionID, _ log: KafkaEventLog) async throws -> LogBounds {
    for _ in 0..<20 {
      do throws(EventLogError) { return try await log.bounds(of: partition) } catch {
        guard case .unavailable = error else { throw error }
        try await Task.sleep(for: .milliseconds(500))
      }
    }
    return try await log.bounds(of: partition)
  }

  private static func appendInTheEnd(_ number: Int, to log: KafkaEventLog) async throws -> LogPosition {
    for _ in 0..<20 {
      do throws(EventLogError) { return try await log.append(SampleRecord.numbered(number), to: PartitionID(0)) } catch
      {
        guard case .unavailable = error else { throw error }
      }
    }
    return try await log.append(SampleRecord.numbered(number), to: PartitionID(0))
  }
}
