import Application
import Crdkafka

extension EventLogError {
  /// A record without a confirmed delivery. Only the size is a refusal: sending it again can never help.
  init(appending error: KafkaError, retryAfter: Duration) {
    switch error.code {
    case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE: self = .rejected(reason: "\(error) (\(error.name))")
    case RD_KAFKA_RESP_ERR__QUEUE_FULL: self = .full(retryAfter: retryAfter, reason: error.reason)
    default:
      self = .unavailable(retryAfter: retryAfter, reason: "Kafka did not confirm a record: \(error) (\(error.name))")
    }
  }

  /// A topic that is not as it has to be, or of which that is not known.
  init(_ failure: TopicKeeper.Failure, _ what: String) {
    switch failure {
    case .refused(let reason): self = .rejected(reason: reason)
    case .unanswered(let error): self.init(asking: error, what)
    }
  }

  /// A question to the cluster that has no answer.
  init(asking error: KafkaError, _ what: String) {
    switch error.code {
    case RD_KAFKA_RESP_ERR__INVALID_ARG, RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED,
      RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED, RD_KAFKA_RESP_ERR_INVALID_REPLICATION_FACTOR,
      RD_KAFKA_RESP_ERR_INVALID_PARTITIONS, RD_KAFKA_RESP_ERR_INVALID_CONFIG, RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION,
      RD_KAFKA_RESP_ERR_POLICY_VIOLATION:
      self = .rejected(reason: "\(what): \(error) (\(error.name))")
    default: self = .unavailable(retryAfter: .seconds(1), reason: "\(what): \(error) (\(error.name))")
    }
  }
}
