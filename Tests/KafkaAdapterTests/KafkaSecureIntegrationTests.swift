import Application
import Domain
import EventLogContract
import TestSupport
import Testing

@testable import KafkaAdapter

@Suite(
  "Kafka behind TLS and access control",
  .onSecureKafka,
  .timeLimit(.minutes(2)))
struct KafkaSecureIntegrationTests {
  enum Door: CaseIterable { case password, certificate }

  @Test("a log is made, written and read by a user who may", arguments: Door.allCases)
  func allowed(_ door: Door) async throws {
    let configuration = KafkaEventLogConfiguration(
      connection: try Self.connection(door), topic: KafkaUnderTest.freshName("allowed-log"), partitions: 2)
    try await KafkaUnderTest.withLog(configuration) { log in
      let position = try await log.append(SampleRecord.numbered(5), to: PartitionID(1))
      let slice = try await log.read(PartitionID(1), from: position.offset, limit: 1_000, patience: .seconds(5))
      #expect(slice.records.map { SampleRecord.number($0.record) } == [5])
      try await log.trim(PartitionID(1), below: 1)
    }
  }

  @Test("a user who may not is told what is forbidden and how the topic would be made")
  func forbidden() async throws {
    let configuration = KafkaEventLogConfiguration(
      connection: try Self.connection(.password), topic: KafkaUnderTest.freshName("other-log"), partitions: 2)
    let reason = try await rejection(configuration)
    #expect(reason.contains("AUTHORIZATION_FAILED"))
  }

  @Test("a wrong password is told as such")
  func password() async throws {
    var configuration = KafkaEventLogConfiguration(
      connection: try Self.connection(.password), topic: KafkaUnderTest.freshName("allowed-log"), partitions: 2)
    configuration.connection.properties["sasl.password"] = "wrong"
    configuration.connection.answerTimeout = .seconds(2)
    let error = await #expect(throws: EventLogError.self) { try await KafkaUnderTest.withLog(configuration) { _ in } }
    let text = "\(error, default: "")"
    #expect(text.contains("uthentication failed") && !text.contains("\"wrong\""), "\(text)")
  }

  @Test("SCRAM is refused before it is tried where the library cannot do it")
  func scram() async throws {
    if KafkaClient.libraryVersion >= 0x0206_01ff { return }
    var configuration = KafkaEventLogConfiguration(connection: try Self.connection(.password))
    configuration.connection.properties["sasl.mechanisms"] = "SCRAM-SHA-512"
    let reason = try await rejection(configuration)
    #expect(reason.contains("2.6.1"))
  }

  private func rejection(_ configuration: KafkaEventLogConfiguration) async throws -> String {
    let error = await #expect(throws: EventLogError.self) { try await KafkaUnderTest.withLog(configuration) { _ in } }
    guard case .rejected(let reason) = error else {
      Issue.record("\(String(describing: error))")
      return ""
    }
    return reason
  }

  private static func connection(_ door: Door) throws -> KafkaConnection {
    let settings = TestService.settings(of: "kafka-secure") ?? [:]
    func setting(_ name: String) throws -> String { try #require(settings[name], "\(name) is not set") }
    let authority = ["ssl.ca.location": try setting("KAFKA_SECURE_CA")]
    switch door {
    case .password:
      return KafkaConnection(
        brokers: try setting("KAFKA_SECURE_BROKERS"),
        properties: authority.merging([
          "security.protocol": "SASL_SSL", "sasl.mechanisms": "PLAIN", "sasl.username": "app",
          "sasl.password": "app-secret",
        ]) { $1 })
    case .certificate:
      return KafkaConnection(
        brokers: try setting("KAFKA_SECURE_TLS_BROKERS"),
        properties: authority.merging([
          "security.protocol": "SSL", "ssl.certificate.location": try setting("KAFKA_SECURE_CERTIFICATE"),
          "ssl.key.location": try setting("KAFKA_SECURE_KEY"),
        ]) { $1 })
    }
  }
}
