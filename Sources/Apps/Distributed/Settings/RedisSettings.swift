package import Composition
import RedisAdapter

/// How Redis is reached.
package enum RedisSettings {
  static let address = Setting(
    "REDIS_ADDR", .redis, default: RedisEndpoint(host: "127.0.0.1"), "Where the index is.")
  static let user = Setting(
    "REDIS_USER", .text("NAME"), otherwise: "the server's default user", "User of the access control list.")
  static let password = Setting("REDIS_PASSWORD", .secret, otherwise: "none", "The user's password.")
  static let database = Setting(
    "REDIS_DB", .count(in: 0...1_023), default: 0, "Database of the server; a cluster has only 0.")
  static let prefix = Setting(
    "REDIS_PREFIX", .text("PREFIX", "1 to 64 bytes without braces"), default: "cordwood",
    "What all keys begin with: several installations can share a server.")

  package static let all: [any DeclaredSetting] = [address, user, password, database, prefix]

  static func configuration(_ settings: Settings) -> RedisConfiguration {
    var configuration = RedisConfiguration()
    if let password = settings[password] {
      configuration.credentials = RedisCredentials(user: settings[user], password: password.exposed)
    }
    configuration.database = settings[database]
    configuration.prefix = settings[prefix]
    return configuration
  }
}

extension ValueForm where Value == RedisEndpoint {
  fileprivate static var redis: Self {
    ValueForm(
      placeholder: "HOST[:PORT]", expectation: "host, host:port or redis://host:port", parse: { RedisEndpoint($0) },
      text: { $0.description })
  }
}
