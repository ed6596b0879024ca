import Application
import Crdkafka

/// Sees to it that a topic is there and as it has to be. Every call blocks.
struct TopicKeeper: Sendable {
  enum Failure: Error {
    /// Asking again will not help.
    case refused(String)
    case unanswered(KafkaError)
  }

  let admin: KafkaAdmin
  let telemetry: any Telemetry
  let creates: Bool

  /// - Returns: How many partitions it has.
  func ensure(_ plan: TopicPlan) throws(Failure) -> Int {
    var (topic, brokers) = try asking { () throws(KafkaError) in try admin.describe(plan.name) }
    if topic == nil {
      guard creates else { throw .refused("the topic '\(plan.name)' is not there. \(Self.advice(plan, brokers))") }
      try create(plan, brokers)
      topic = try described(plan, partitions: 1)
    }
    guard var found = topic else { throw .refused("the topic '\(plan.name)' was made and is not there") }
    try check(plan, found)
    if found.partitions < plan.partitions, creates {
      try extend(plan, from: found.partitions)
      found = try described(plan, partitions: plan.partitions) ?? found
    }
    return found.partitions
  }

  private func create(_ plan: TopicPlan, _ brokers: Int) throws(Failure) {
    let replicas = plan.replicas(brokers: brokers)
    do throws(KafkaError) {
      try admin.createTopic(
        plan.name, partitions: plan.partitions, replicas: replicas, settings: plan.allSettings(replicas: replicas))
    } catch {
      switch error.code {
      // Another process was faster.
      case RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS: return
      case RD_KAFKA_RESP_ERR__TIMED_OUT, RD_KAFKA_RESP_ERR__TRANSPORT, RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT,
        RD_KAFKA_RESP_ERR_NOT_CONTROLLER:
        throw .unanswered(error)
      default:
        throw .refused(
          "the topic '\(plan.name)' is not there and cannot be made: \(error) (\(error.name)). \(Self.advice(plan, brokers))"
        )
      }
    }
  }

  /// A new topic or partition is known to all brokers a moment later.
  private func described(_ plan: TopicPlan, partitions: Int) throws(Failure) -> KafkaAdmin.Description? {
    let clock = ContinuousClock()
    let deadline = clock.now + admin.timeout
    while clock.now < deadline {
      do throws(KafkaError) {
        if let topic = try admin.describe(plan.name).topic, topic.partitions >= partitions { return topic }
      } catch  where error.code == RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE {
        continue
      } catch {
        throw .unanswered(error)
      }
    }
    return nil
  }

  private func extend(_ plan: TopicPlan, from partitions: Int) throws(Failure) {
    do throws(KafkaError) { try admin.createPartitions(plan.name, total: plan.partitions) } catch {
      throw .refused(
        """
        the topic '\(plan.name)' has \(partitions) partitions, \(plan.partitions) are set, and more cannot be made: \(error) \
        (\(error.name)). Set fewer, or make them: kafka-topics.sh --alter --topic \(plan.name) --partitions \(plan.partitions)
        """)
    }
  }

  private func check(_ plan: TopicPlan, _ description: KafkaAdmin.Description) throws(Failure) {
    let settings: [String: String]
    do throws(KafkaError) { settings = try admin.settings(of: plan.name) } catch {
      telemetry.record(
        .trouble(area: "kafka", reason: "the settings of '\(plan.name)' could not be checked: \(error) (\(error.name))")
      )
      return
    }
    for finding in TopicCheck(plan: plan, description: description, settings: settings).findings {
      switch finding {
      case .refused(let reason): throw .refused("the topic '\(plan.name)' \(reason)")
      case .warning(let reason): telemetry.record(.trouble(area: "kafka", reason: "the topic '\(plan.name)' \(reason)"))
      }
    }
  }

  private func asking<Value>(_ body: () throws(KafkaError) -> Value) throws(Failure) -> Value {
    do throws(KafkaError) { return try body() } catch { throw .unanswered(error) }
  }

  private static func advice(_ plan: TopicPlan, _ brokers: Int) -> String {
    let replicas = plan.replicas(brokers: brokers)
    let settings = plan.allSettings(replicas: replicas).map { "--config \($0.name)=\($0.value)" }.joined(separator: " ")
    return """
      Make it: kafka-topics.sh --create --topic \(plan.name) --partitions \(plan.partitions) \
      --replication-factor \(replicas) \(settings)
      """
  }
}
