import Application
import Domain
import InMemoryAdapter
import Testing

@testable import KafkaAdapter

@Suite(
  "Placements and topics on Kafka",
  .onKafka,
  .timeLimit(.minutes(2)))
struct KafkaLogPlacementIntegrationTests {
  @Test("a changed setting adds partitions and a placement, which readers know before writers use it")
  func changes() async throws {
    var configuration = try await KafkaUnderTest.kafka.logConfiguration(partitions: 2)
    try await KafkaUnderTest.withLog(configuration) { log in
      let placements = try await log.placements()
      #expect(placements == [Placement(version: 0, partitions: 2, spread: 1)])
    }
    let (old, new) = (Placement(version: 0, partitions: 2, spread: 1), Placement(version: 1, partitions: 4, spread: 2))
    configuration.partitions = 4
    configuration.spread = 2
    try await KafkaUnderTest.withLog(configuration) { writer in
      let placements = try await writer.placements()
      #expect(placements == [old])
      _ = try await writer.bounds(of: PartitionID(3))
    }
    configuration.partitions = 9
    configuration.keepsPlacements = true
    try await KafkaUnderTest.withLog(configuration) { reader in
      let placements = try await reader.placements()
      #expect(placements == [old, new])
      _ = try await reader.bounds(of: PartitionID(3))
    }
  }

  @Test("several that begin at once agree on one placement")
  func race() async throws {
    let configuration = try await KafkaUnderTest.kafka.logConfiguration(partitions: 2)
    let lists = try await withThrowingTaskGroup { group in
      for _ in 0..<4 {
        group.addTask { try await KafkaUnderTest.withLog(configuration) { try await $0.placements() } }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(lists == Array(repeating: [Placement(version: 0, partitions: 2, spread: 1)], count: 4))
  }

  @Test("a topic whose records would not have append times is refused, and it says what to set")
  func refusedTopic() async throws {
    let configuration = try await KafkaUnderTest.kafka.logConfiguration()
    let client = try KafkaClient(.consumer, try configuration.connection.settings(), events: 0)
    try KafkaAdmin(client: client, timeout: .seconds(10)).createTopic(
      configuration.topic, partitions: 3, replicas: 1, settings: [("max.message.bytes", "4194304")])
    let error = await #expect(throws: EventLogError.self) { try await KafkaUnderTest.withLog(configuration) { _ in } }
    guard case .rejected(let reason) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reason.contains("set LogAppendTime"))
  }

  @Test("a single broker is told to be one")
  func warns() async throws {
    let telemetry = RecordingTelemetry()
    let configuration = try await KafkaUnderTest.kafka.logConfiguration()
    try await KafkaUnderTest.withLog(configuration, telemetry: telemetry) { _ in }
    let warnings = telemetry.events.compactMap { event -> String? in
      if case .trouble(_, let reason) = event { reason } else { nil }
    }
    let isSingle = !(KafkaUnderTest.kafka.brokers ?? "").contains(",")
    #expect(!isSingle || warnings.contains { $0.contains("replication 3") }, "\(warnings)")
  }

  @Test("a cluster that is not there is said so")
  func absent() async throws {
    var configuration = try await KafkaUnderTest.kafka.logConfiguration()
    configuration.connection = KafkaConnection(brokers: "127.0.0.1:1")
    configuration.connection.answerTimeout = .milliseconds(500)
    let error = await #expect(throws: EventLogError.self) { try await KafkaUnderTest.withLog(configuration) { _ in } }
    guard case .unavailable(_, let reason) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reason.contains("127.0.0.1:1"))
  }
}
