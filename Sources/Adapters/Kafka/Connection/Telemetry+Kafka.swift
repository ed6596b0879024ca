import Application
import Crdkafka

extension Telemetry {
  /// Tells what a client says by itself. Single connections come and go; what matters is that none is left, or that one is
  /// refused.
  func recordKafka(_ error: KafkaError) {
    switch error.code {
    case RD_KAFKA_RESP_ERR__TRANSPORT, RD_KAFKA_RESP_ERR__FATAL, RD_KAFKA_RESP_ERR__PARTITION_EOF: return
    default: record(.trouble(area: "kafka", reason: "\(error) (\(error.name))"))
    }
  }
}
