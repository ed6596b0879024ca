import Foundation
import TestSupport
import Testing

/// Which Kafka a suite needs, in one place.
///
/// `make test` starts the mock cluster, on which the log keeps the same promises, and fails without it. It has no Kafka itself,
/// since Debian has none and nothing of ours downloads one: suites on it run where its address or `KAFKA_HOME` is set, and are
/// left out elsewhere, with what to do, also under `CORDWOOD_REQUIRE_SERVICES=1`. `make test-integration` runs the services
/// as a whole on a real Kafka, and fails without one.
extension Trait where Self == ConditionTrait {
  static var onMockKafka: Self {
    .enabled(
      if: NeededService.isThereOrRequired(KafkaUnderTest.mock.brokers != nil),
      "start it with Tests/Services/services.sh up kafka-mock")
  }

  /// One broker or three.
  static var onKafka: Self {
    .enabled(
      if: KafkaUnderTest.kafka.brokers != nil, "set KAFKA_BROKERS, or start it: Tests/Services/services.sh up kafka")
  }

  static var onSecureKafka: Self {
    .enabled(
      if: TestService.settings(of: "kafka-secure") != nil, "start it: Tests/Services/services.sh up kafka-secure")
  }

  /// For a suite that starts brokers of its own, to kill them.
  static var onOwnKafka: Self {
    .enabled(if: environment["KAFKA_HOME"] != nil, "set KAFKA_HOME to an unpacked Kafka 4")
  }

  /// Figures are asked for: they take minutes, and say nothing on a machine that does something else.
  static var ifMeasuring: Self { .enabled(if: environment["CORDWOOD_MEASURE"] != nil, "set CORDWOOD_MEASURE") }

  private static var environment: [String: String] { ProcessInfo.processInfo.environment }
}
