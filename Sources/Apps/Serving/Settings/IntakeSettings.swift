package import Application
package import Composition
package import InProcessAdapter

/// What is taken in.
package enum IntakeSettings {
  static let maximumEventAge = Setting(
    "MAX_EVENT_AGE", .duration(in: .seconds(60)...DurationUnit.longest), default: .seconds(30 * 86_400),
    "Older events get the time of receipt, with the original kept; imports of old logs are exempt.")
  package static let maximumStreams = Setting(
    "MAX_STREAMS", .count(in: 1...1_000_000), default: 10_000,
    "Services that one tenant may have; batches of further ones go to the dead letters.")
  static let eventRate = Setting(
    "RATE_LIMIT_EVENTS", .count(in: 1...1_000_000_000), otherwise: "no limit",
    "Events per second that one tenant may send.")
  static let byteRate = Setting(
    "RATE_LIMIT_BYTES", .byteCount(in: 1...(1 << 40)), otherwise: "no limit",
    "Bytes per second that one tenant may send.")

  package static let all: [any DeclaredSetting] = [maximumEventAge, maximumStreams, eventRate, byteRate]

  package static func rateLimit(_ settings: Settings) -> RateLimit {
    RateLimit(eventsPerSecond: settings[eventRate], bytesPerSecond: settings[byteRate]) ?? .unlimited
  }

  package static func configuration(_ settings: Settings) -> IngestConfiguration {
    var configuration = IngestConfiguration()
    configuration.maximumEventAge = settings[maximumEventAge]
    configuration.maximumStreams = settings[maximumStreams]
    return configuration
  }
}
