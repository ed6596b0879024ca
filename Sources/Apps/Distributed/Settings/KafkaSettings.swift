package import Composition
package import KafkaAdapter

/// How Kafka is reached, and how the log lies in it.
package enum KafkaSettings {
  static let brokers = Setting(
    "KAFKA_BROKERS", .hostPorts, default: HostPort(host: "127.0.0.1", port: 9_092).map { [$0] } ?? [],
    "Brokers to begin with; they name the others.")
  static let topic = Setting(
    "KAFKA_TOPIC", .text("TOPIC", "a topic's name"), default: "cordwood-logs",
    "Topic of the log. Beside it there are one with .placements and one with .dead-letters behind its name.")
  static let partitions = Setting(
    "KAFKA_PARTITIONS", .count(in: 1...1_024), default: 8,
    "Partitions of the log, made by the ingestor: each is one processor's at a time. May grow, never shrink.")
  static let replication = Setting(
    "KAFKA_REPLICATION", .count(in: 1...16), otherwise: "3, or as many as there are brokers",
    "Copies of each record in topics that are made.")
  static let securityProtocol = Setting(
    "KAFKA_SECURITY_PROTOCOL", .choice, default: KafkaSecurityProtocol.plaintext, "How brokers are spoken to.")
  static let saslMechanism = Setting(
    "KAFKA_SASL_MECHANISM", .text("MECHANISM", "PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, OAUTHBEARER or GSSAPI"),
    otherwise: "none", "How a user proves to be one. SCRAM needs librdkafka 2.6.1 or later.")
  static let user = Setting("KAFKA_SASL_USERNAME", .text("NAME"), otherwise: "none", "User of the brokers.")
  static let password = Setting("KAFKA_SASL_PASSWORD", .secret, otherwise: "none", "The user's password.")
  static let authorities = Setting(
    "KAFKA_SSL_CA_FILE", .path, otherwise: "the system's", "Certificates of the authorities to trust, as PEM.")
  static let certificate = Setting(
    "KAFKA_SSL_CERTIFICATE_FILE", .path, otherwise: "none", "Certificate to show to brokers that ask for one, as PEM.")
  static let key = Setting("KAFKA_SSL_KEY_FILE", .path, otherwise: "none", "Key of that certificate, as PEM.")
  static let keyPassword = Setting("KAFKA_SSL_KEY_PASSWORD", .secret, otherwise: "none", "Password of that key.")
  static let group = Setting(
    "KAFKA_GROUP", .text("GROUP", "a group's name"), default: "cordwood-processors",
    "Consumer group by which processors share the partitions.")
  static let instance = Setting(
    "KAFKA_INSTANCE", .text("NAME", "a name that no other processor has"),
    otherwise: "a processor that stops gives its partitions to others at once",
    "Name that this processor keeps over restarts: it then has its partitions again.")
  static let sessionTimeout = Setting(
    "KAFKA_SESSION_TIMEOUT", .duration(in: .seconds(1)...(.seconds(600))), default: .seconds(30),
    "A processor that was not heard of for so long is taken for dead. Brokers may refuse less than 6s.")

  /// For every program.
  package static let all: [any DeclaredSetting] = [
    brokers, topic, securityProtocol, saslMechanism, user, password, authorities, certificate, key, keyPassword,
  ]
  /// For those that make topics.
  package static let topics: [any DeclaredSetting] = [partitions, replication]
  /// For those that share partitions.
  package static let membership: [any DeclaredSetting] = [group, instance, sessionTimeout]

  /// - Parameter clientID: How the brokers' logs and quotas name the program.
  static func connection(_ settings: Settings, clientID: String) -> KafkaConnection {
    let security = settings[securityProtocol]
    var properties = ["security.protocol": security.rawValue]
    properties["sasl.mechanism"] = settings[saslMechanism]
    properties["sasl.username"] = settings[user]
    properties["sasl.password"] = settings[password]?.exposed
    if security.isEncrypted {
      properties["ssl.ca.location"] = settings[authorities]
      properties["ssl.certificate.location"] = settings[certificate]
      properties["ssl.key.location"] = settings[key]
      properties["ssl.key.password"] = settings[keyPassword]?.exposed
    }
    return KafkaConnection(
      brokers: settings[brokers].map(\.description).joined(separator: ","), clientID: clientID, properties: properties)
  }

  static func deadLetterTopic(_ settings: Settings) -> String { settings[topic] + ".dead-letters" }

  package static func ownership(_ settings: Settings) -> KafkaOwnershipConfiguration {
    var configuration = KafkaOwnershipConfiguration(
      connection: connection(settings, clientID: "cordwood-processor"), topic: settings[topic], group: settings[group])
    configuration.instance = settings[instance]
    configuration.sessionTimeout = settings[sessionTimeout]
    // What is open has to be flushed by then; the stop's own deadline is as long.
    configuration.revocationTimeout = max(configuration.revocationTimeout, configuration.sessionTimeout)
    return configuration
  }
}
