/// How Kafka's brokers are spoken to, in librdkafka's words.
enum KafkaSecurityProtocol: String, CaseIterable, Sendable {
  case plaintext = "PLAINTEXT"
  case ssl = "SSL"
  case saslPlaintext = "SASL_PLAINTEXT"
  case saslSSL = "SASL_SSL"

  var isEncrypted: Bool { self == .ssl || self == .saslSSL }
}
