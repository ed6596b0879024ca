import Domain
import Testing

@testable import KafkaAdapter

@Suite("A connection to Kafka")
struct KafkaConnectionTests {
  @Test("never prints its properties")
  func secrets() {
    var connection = KafkaConnection(brokers: "a:1", properties: ["sasl.password": "s3cret"])
    var shown = "\(connection) \(String(reflecting: connection)) "
    dump(connection, to: &shown)
    connection.properties["no.such"] = "s3cret"
    do throws(KafkaError) { _ = try connection.settings() } catch { shown += "\(error)" }
    #expect(!shown.contains("s3cret"))
    #expect(shown.contains("no.such"))
  }

  @Test(
    "refuses properties that the adapter sets",
    arguments: ["enable.idempotence", "group.id", "acks", "isolation.level"])
  func own(_ name: String) {
    let connection = KafkaConnection(brokers: "a:1", properties: [name: "x"])
    #expect(throws: KafkaError.self) { try connection.settings() }
  }

  @Test("refuses SCRAM with a library that Kafka would refuse, and says what to do")
  func scram() throws {
    let properties = ["sasl.mechanisms": "SCRAM-SHA-512"]
    let problem = try #require(KafkaConnection.scramProblem(properties, version: 0x0200_02ff, "2.0.2"))
    #expect(problem.contains("2.6.1") && problem.contains("2.0.2") && problem.contains("PLAIN"))
    #expect(KafkaConnection.scramProblem(properties, version: 0x0206_01ff, "2.6.1") == nil)
    #expect(KafkaConnection.scramProblem(["sasl.mechanism": "PLAIN"], version: 0x0200_02ff, "2.0.2") == nil)
  }

  @Test("turns durations into milliseconds within bounds")
  func milliseconds() {
    #expect(Duration.milliseconds(1_500).kafkaMilliseconds == 1_500)
    #expect(Duration.zero.kafkaMilliseconds == 1)
    #expect(Duration.seconds(1_000_000_000_000).kafkaMilliseconds == 86_400_000)
  }

  @Test("has an epoch that never changes for a cluster and a topic")
  func epoch() {
    let epoch = KafkaEpoch.epoch(cluster: "Y29yZHdvb2QtdGVzdC0x", topic: "cordwood-logs")
    #expect(epoch.description == "0eac56417a771c0fc48853ed9c86fcf2")
    #expect(epoch != KafkaEpoch.epoch(cluster: "Y29yZHdvb2QtdGVzdC0", topic: "1cordwood-logs"))
  }
}
