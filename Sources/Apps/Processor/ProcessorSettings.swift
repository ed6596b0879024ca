import Composition
import Distributed
import Serving

/// What `cordwood-processor` can be told.
enum ProcessorSettings {
  static let all: [any DeclaredSetting] =
    [DoorSettings.address, ClusterSettings.recentEventsPort, DoorSettings.metricsPort(8_082)]
    + [LogSettings.level, LogSettings.format] + KafkaSettings.all + KafkaSettings.membership + RedisSettings.all
    + S3Settings.all + ClusterSettings.answering + BuildingSettings.all
    + [StartSettings.timeout, DoorSettings.stopTimeout]
}
