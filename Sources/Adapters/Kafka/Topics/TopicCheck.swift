/// Compares a topic that is there with what the design needs of it (section 4, rule 3).
struct TopicCheck: Sendable {
  enum Finding: Hashable, Sendable {
    /// Nothing can be trusted to such a topic.
    case refused(String)
    /// It works, with less than the promise.
    case warning(String)
  }

  let plan: TopicPlan
  let description: KafkaAdmin.Description
  /// As the cluster has them, its defaults among them.
  let settings: [String: String]

  var findings: [Finding] {
    [replicas, inSync, elections, timestamps, size, cleanup].compactMap { $0 } + retention
  }

  private var replicas: Finding? {
    if description.replicas >= 3 { return nil }
    return .warning(
      "has \(description.replicas) of each record: what one broker loses is lost; three brokers and replication 3 are meant"
    )
  }

  private var inSync: Finding? {
    guard let least = integer("min.insync.replicas") else { return nil }
    if least >= 2 || description.replicas < 2 { return nil }
    return .warning("has min.insync.replicas \(least): a record counts with one copy; 2 is meant")
  }

  private var elections: Finding? {
    guard settings["unclean.leader.election.enable"] == "true" else { return nil }
    return .warning(
      "allows unclean leader elections, which lose acknowledged records: set unclean.leader.election.enable=false")
  }

  private var timestamps: Finding? {
    guard let type = settings["message.timestamp.type"], type != "LogAppendTime" else { return nil }
    return .refused("has message.timestamp.type \(type): set LogAppendTime, since windows expire by append times")
  }

  private var size: Finding? {
    guard let wanted = wanted("max.message.bytes"), let bytes = integer("max.message.bytes"), bytes < wanted else {
      return nil
    }
    return .refused("takes at most \(bytes) bytes a message: set max.message.bytes=\(wanted)")
  }

  private var cleanup: Finding? {
    guard let policy = settings["cleanup.policy"], policy.contains("compact") else { return nil }
    return .refused(
      "has cleanup.policy \(policy), which throws records away that are needed: set cleanup.policy=delete")
  }

  /// A day is the least in which somebody notices that processing stands still.
  private var retention: [Finding] {
    let isForEver = wanted("retention.ms") == -1
    var findings: [Finding] = []
    if let time = integer("retention.ms"), time >= 0 {
      if isForEver {
        findings.append(.refused("forgets after \(time) ms (retention.ms): set retention.ms=-1, it must never go"))
      } else if time < 86_400_000 {
        findings.append(
          .warning("forgets after \(time) ms (retention.ms), whether it was processed or not: a day at least"))
      }
    }
    if let bytes = integer("retention.bytes"), bytes >= 0 {
      let text = "forgets above \(bytes) bytes a partition (retention.bytes)"
      findings.append(
        isForEver
          ? .refused("\(text): set retention.bytes=-1, it must never go")
          : .warning("\(text), whether they were processed or not: -1 is meant"))
    }
    return findings
  }

  private func integer(_ name: String) -> Int? { settings[name].flatMap { Int($0) } }

  private func wanted(_ name: String) -> Int? {
    plan.settings.first { $0.name == name }.flatMap { Int($0.value) }
  }
}
