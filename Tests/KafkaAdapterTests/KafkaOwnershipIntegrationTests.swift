import Domain
import PartitionOwnershipContract
import Testing

@testable import KafkaAdapter

@Suite(
  "Kafka partition ownership",
  .onKafka,
  .timeLimit(.minutes(3)))
struct KafkaOwnershipIntegrationTests {
  @Test("keeps the port's promises", arguments: PartitionOwnershipPromise.allCases)
  func keeps(_ promise: PartitionOwnershipPromise) async throws {
    let log = try await KafkaUnderTest.kafka.logConfiguration(partitions: 4)
    try await KafkaUnderTest.withLog(log) { _ in
      var configuration = KafkaOwnershipConfiguration(
        connection: log.connection, topic: log.topic, group: KafkaUnderTest.freshName("group"))
      configuration.sessionTimeout = .seconds(6)
      let trial = PartitionOwnershipTrial(partitions: (0..<4).map { PartitionID($0) }, isShared: true) {
        [configuration] in KafkaPartitionOwnership(configuration, telemetry: IgnoredTelemetry())
      }
      try await promise.check(on: trial)
    }
  }
}
