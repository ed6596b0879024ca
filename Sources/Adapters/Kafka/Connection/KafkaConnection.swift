import Crdkafka

/// How to reach a Kafka cluster.
package struct KafkaConnection: Sendable, CustomStringConvertible, CustomReflectable {
  /// `host:port`, several separated by commas: whichever answers names the others.
  package var brokers: String
  /// How the brokers' logs, metrics and quotas name this process.
  package var clientID: String
  /// What librdkafka calls `security.protocol`, `sasl.*`, `ssl.*` and the like, passed through as it is: user names, passwords,
  /// files of certificates and keys. Never printed.
  package var properties: [String: String]
  /// How long one question may take until the cluster has answered it.
  package var answerTimeout = Duration.seconds(10)

  package init(brokers: String, clientID: String = "cordwood", properties: [String: String] = [:]) {
    self.brokers = brokers
    self.clientID = clientID
    self.properties = properties
  }

  package var description: String { "Kafka at \(brokers) as '\(clientID)'" }
  /// Without the properties, which hold secrets.
  package var customMirror: Mirror { Mirror(self, children: ["brokers": brokers, "clientID": clientID]) }

  /// What may be passed through; everything else is set by the adapter or left at its default.
  private static let passed = [
    "security.", "sasl.", "ssl.", "enable.ssl.", "broker.address.", "client.dns.", "client.rack", "reconnect.",
    "socket.keepalive",
  ]

  /// The settings that all clients of this connection have.
  ///
  /// - Throws: What is wrong with them, without their values.
  func settings() throws(KafkaError) -> [(name: String, value: String)] {
    if brokers.isEmpty { throw Self.invalid("no broker is named: expected host:port[,host:port...]") }
    for name in properties.keys.sorted() where !Self.passed.contains(where: { name.hasPrefix($0) }) {
      throw Self.invalid("the property '\(name)' cannot be set: those of security, sasl and ssl can")
    }
    if let reason = Self.scramProblem(properties, version: KafkaClient.libraryVersion, KafkaClient.libraryVersionText) {
      throw Self.invalid(reason)
    }
    let common: [(name: String, value: String)] = [
      ("bootstrap.servers", brokers), ("client.id", clientID), ("socket.keepalive.enable", "true"),
      ("socket.nagle.disable", "true"), ("socket.timeout.ms", "\(answerTimeout.kafkaMilliseconds)"),
      ("reconnect.backoff.max.ms", "1000"), ("allow.auto.create.topics", "false"),
    ]
    return common + properties.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// Before 2.6.1 librdkafka repeats its nonce in a way that Kafka 3.9 and later refuse, and the broker then speaks of wrong
  /// credentials (librdkafka's issue 4895).
  static func scramProblem(_ properties: [String: String], version: Int, _ versionText: String) -> String? {
    let mechanism = properties["sasl.mechanisms"] ?? properties["sasl.mechanism"] ?? ""
    guard mechanism.uppercased().hasPrefix("SCRAM"), version < 0x0206_01ff else { return nil }
    return """
      \(mechanism) needs librdkafka 2.6.1 or later, this is \(versionText): Kafka 3.9 and later refuse it. Use PLAIN over \
      SASL_SSL, or mutual TLS, or a newer librdkafka
      """
  }

  private static func invalid(_ reason: String) -> KafkaError { KafkaError(RD_KAFKA_RESP_ERR__INVALID_ARG, reason) }
}
