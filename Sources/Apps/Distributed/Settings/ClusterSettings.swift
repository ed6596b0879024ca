package import Composition
import FoundationEssentials
package import GRPCAdapter
import Serving

/// What the services of one system know of each other.
package enum ClusterSettings {
  static let secret = Setting(
    "CLUSTER_SECRET", .secret, otherwise: "none: then processors answer on this machine's loopback only",
    "What processors and query services know and nobody else, 16 to 256 characters: it lets them ask each other.")
  static let advertisedHost = Setting(
    "ADVERTISED_HOST", .text("HOST", "a name or an address"),
    otherwise: "LISTEN_ADDRESS, or this machine's name where that is every address",
    "Where query services reach this processor.")
  package static let recentEventsPort = Setting(
    "GRPC_PORT", .port, default: UInt16(RecentEventsServerConfiguration.defaultPort),
    "Port on which query services ask for events that are in no object yet.")

  /// For those who ask.
  package static let all: [any DeclaredSetting] = [secret]
  /// For those who are asked.
  package static let answering: [any DeclaredSetting] = [secret, advertisedHost]

  package static func clusterSecret(_ settings: Settings) throws -> ClusterSecret? {
    guard let text = settings[secret] else { return nil }
    guard let secret = ClusterSecret(text.exposed) else {
      throw UsageError(
        "CLUSTER_SECRET (--cluster-secret) is •••: expected 16 to 256 printable ASCII characters without a space")
    }
    return secret
  }

  /// Where others reach a port of this process.
  package static func advertised(_ settings: Settings, port: Int) -> String {
    let address = settings[DoorSettings.address]
    let isEvery = ["0.0.0.0", "::"].contains(address)
    let host = settings[advertisedHost] ?? (isEvery ? ProcessInfo.processInfo.hostName : address)
    return HostPort.text(host: host, port: port)
  }
}
