import Application
import Domain
import ZstdAdapter

extension OperateIndex where Codec == ZstdCompression {
  /// For a server as for a command without one.
  init(_ ports: IndexRecoveryPorts, _ configuration: IndexRecoveryConfiguration = IndexRecoveryConfiguration()) {
    self.init(ports: ports, configuration: configuration, codec: ZstdCompression(), codecs: .all)
  }
}
