import Composition
import Distributed
import Serving

/// What `cordwood-query` can be told.
enum QueryServiceSettings {
  static let all: [any DeclaredSetting] =
    [
      DoorSettings.address, DoorSettings.httpPort, DoorSettings.metricsPort(8_083), LogSettings.level,
      LogSettings.format,
    ]
    + KafkaSettings.all + RedisSettings.all + S3Settings.all + ClusterSettings.all + AnswerSettings.all
    + [StartSettings.timeout, DoorSettings.stopTimeout]
}
