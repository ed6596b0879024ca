import Composition
import Domain

/// What `cordwood-agent generate` can be told.
enum GenerateSettings {
  static let rate = Setting(
    "CORDWOOD_RATE", .count(in: 0...100_000_000), default: 0,
    "Events a second; 0 for as many as the server takes.")
  static let count = Setting<Int?>(
    "CORDWOOD_COUNT", .count(), otherwise: "until it is stopped", "How many events to send in all.")
  static let service = Setting<ServiceName?>(
    "CORDWOOD_SERVICE", .service, otherwise: "six services of an invented shop", "Events of this service alone.")
  static let seed = Setting<Int?>(
    "CORDWOOD_SEED", .count(), otherwise: "another one each time",
    "Makes the same messages in the same order as the last time it was given.")

  static let all: [any DeclaredSetting] = [AgentSettings.server, AgentSettings.tenant, rate, count, service, seed]
}
