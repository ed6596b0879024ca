import Composition
import Distributed
import Serving

/// What `cordwood-ingestor` can be told.
enum IngestorSettings {
  static let all: [any DeclaredSetting] =
    [DoorSettings.address, DoorSettings.grpcPort, DoorSettings.metricsPort, LogSettings.level, LogSettings.format]
    + KafkaSettings.all + KafkaSettings.topics + RedisSettings.all + S3Settings.all + IntakeSettings.all
    + [StartSettings.timeout, DoorSettings.stopTimeout]
}
