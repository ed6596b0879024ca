import Application
import Domain
import EventLogContract
import Testing

@testable import KafkaAdapter

@Suite(
  "Kafka event log on the mock cluster",
  .onMockKafka, .timeLimit(.minutes(2)))
struct KafkaMockIntegrationTests {
  @Test("keeps the port's promises", arguments: EventLogPromise.allCases)
  func keeps(_ promise: EventLogPromise) async throws {
    let configuration = try await KafkaUnderTest.mock.logConfiguration()
    try await KafkaUnderTest.withLog(configuration) { try await promise.check(on: $0) }
  }
}
