import Application
import Domain
import EventLogContract
import Testing

@testable import KafkaAdapter

@Suite(
  "Kafka event log",
  .onKafka,
  .timeLimit(.minutes(2)))
struct KafkaEventLogIntegrationTests {
  @Test("keeps the port's promises", arguments: EventLogPromise.allCases)
  func keeps(_ promise: EventLogPromise) async throws {
    let configuration = try await KafkaUnderTest.kafka.logConfiguration()
    try await KafkaUnderTest.withLog(configuration) { try await promise.check(on: $0) }
  }

  @Test(
    "keeps the port's promises when what is committed is deleted at once",
    arguments: EventLogPromise.allCases.filter { $0.rawValue.contains("rim") || $0 == .refusesReadsBelowTheStart })
  func keepsWhileTrimming(_ promise: EventLogPromise) async throws {
    var configuration = try await KafkaUnderTest.kafka.logConfiguration()
    configuration.keepsFor = .zero
    try await KafkaUnderTest.withLog(configuration) { try await promise.check(on: $0) }
  }
}
