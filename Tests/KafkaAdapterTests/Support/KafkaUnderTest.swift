import Application
import Domain
import Foundation
import InProcessAdapter
import TestSupport
import Testing

@testable import KafkaAdapter

/// Which Kafka a suite runs against, and names that no other test has.
enum KafkaUnderTest: String, Sendable {
  case kafka
  case mock

  /// The addresses of the shared instance; nil if it is not there.
  var brokers: String? {
    switch self {
    case .kafka: TestService.settings(of: "kafka")?["KAFKA_BROKERS"]
    case .mock: TestService.settings(of: "kafka-mock")?["KAFKA_MOCK_BROKERS"]
    }
  }

  func connection() throws -> KafkaConnection {
    let brokers = try #require(brokers, "no \(rawValue): start it with Tests/Services/services.sh up")
    return KafkaConnection(brokers: brokers, clientID: "cordwood-test")
  }

  static func freshName(_ kind: String) -> String { "\(kind)-\(UUID().uuidString.lowercased())" }

  /// Settings of a log of the test's own. On the mock its topics are made here, since nothing can be asked of it.
  func logConfiguration(partitions: Int = 3, spread: Int = 1) async throws -> KafkaEventLogConfiguration {
    var configuration = KafkaEventLogConfiguration(
      connection: try connection(), topic: Self.freshName("log"), partitions: partitions, spread: spread)
    configuration.linger = .milliseconds(1)
    if self == .mock {
      configuration.connection.answerTimeout = .seconds(2)
      try await MockCommands.send("topic \(configuration.topic) \(partitions)")
      try await MockCommands.send("topic \(configuration.placementTopic) 1")
    }
    return configuration
  }

  /// Opens a log for as long as `body` runs.
  static func withLog<Result>(
    _ configuration: KafkaEventLogConfiguration, telemetry: any Telemetry = IgnoredTelemetry(),
    _ body: (KafkaEventLog) async throws -> Result
  ) async throws -> Result {
    let log = try await KafkaEventLog.open(configuration, clock: SystemClock(), telemetry: telemetry)
    do {
      let result = try await body(log)
      await log.close()
      return result
    } catch {
      await log.close()
      throw error
    }
  }
}

struct IgnoredTelemetry: Telemetry {
  func record(_ event: TelemetryEvent) {}
}
