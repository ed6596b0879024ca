import Composition
import Domain

/// What all commands of the agent can be told.
enum AgentSettings {
  /// `127.0.0.1:50051` has the form that it must have, so there is always one.
  static let server = Setting(
    "CORDWOOD_SERVER", .hostPorts, default: HostPort(host: "127.0.0.1", port: 50_051).map { [$0] } ?? [],
    "Where to send: one ingestor, or several of which one is used at a time.")
  static let tenant = Setting("CORDWOOD_TENANT", .tenant, default: TenantID.default, "Whose events they are.")
  static let stateDirectory = Setting(
    "STATE_DIR", .path, default: "./cordwood-agent-state",
    "Folder of the journal, which remembers what was sent; made if missing. One program uses it at a time.")
}
