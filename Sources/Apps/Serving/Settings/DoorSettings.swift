package import Composition
import Transport

/// Where a process listens, and how it stops. The defaults of ports are those of `cordwood serve`; a program with others lists
/// a setting of the same key.
package enum DoorSettings {
  package static let address = Setting(
    "LISTEN_ADDRESS", .address, default: "127.0.0.1",
    "Address to listen on; 0.0.0.0 or :: for all. Nobody is asked for a key yet, so think before you open it.")
  package static let grpcPort = Setting(
    "GRPC_PORT", .port, default: 50_051, "Port that agents and other senders ship events to.")
  package static let httpPort = Setting("HTTP_PORT", .port, default: 8_080, "Port of the query API.")
  package static let metricsPort = metricsPort(8_081)
  package static let stopTimeout = Setting(
    "STOP_TIMEOUT", .duration(in: .seconds(1)...(.seconds(600))), default: .seconds(25),
    "How long a graceful stop may take before what is left is cut off.")

  /// - Parameter port: Each service has one of its own, so that all of them can run on one machine.
  package static func metricsPort(_ port: UInt16) -> Setting<UInt16> {
    Setting("METRICS_PORT", .port, default: port, "Port of /metrics and the health endpoints.")
  }
}
