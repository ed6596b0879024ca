import Composition
import RedisAdapter
import S3Adapter

/// A backend and where it is looked for, in words for an operator.
struct BackendPlace: Sendable, CustomStringConvertible {
  let description: String
  /// What to do where it is not.
  let advice: String

  private init(_ name: String, at address: String, key: String) {
    description = "\(name) at \(address)"
    advice = "Start it (Tests/Services/services.sh up in a checkout), or set \(key) to where it is"
  }

  static func kafka(_ settings: Settings) -> BackendPlace {
    let brokers = settings[KafkaSettings.brokers].map(\.description).joined(separator: ",")
    return BackendPlace("Kafka", at: brokers, key: KafkaSettings.brokers.declaration.key)
  }

  static func redis(_ settings: Settings) -> BackendPlace {
    BackendPlace(
      "Redis", at: settings[RedisSettings.address].description, key: RedisSettings.address.declaration.key)
  }

  static func store(_ settings: Settings) -> BackendPlace {
    let endpoint = settings[S3Settings.endpoint]?.description ?? "nowhere"
    return BackendPlace(
      "the object store", at: "\(endpoint), bucket '\(settings[S3Settings.bucket])'",
      key: S3Settings.endpoint.declaration.key)
  }
}
