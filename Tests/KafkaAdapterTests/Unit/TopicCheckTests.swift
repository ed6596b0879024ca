import Testing

@testable import KafkaAdapter

@Suite("The check of a topic")
struct TopicCheckTests {
  static let good = [
    "min.insync.replicas": "2", "unclean.leader.election.enable": "false", "message.timestamp.type": "LogAppendTime",
    "max.message.bytes": "4194304", "cleanup.policy": "delete", "retention.ms": "604800000", "retention.bytes": "-1",
  ]
  static let plan = TopicPlan.log(KafkaEventLogConfiguration(connection: KafkaConnection(brokers: "a:1")))
  static let kept = TopicPlan.kept("letters", replication: nil, minimumInSync: nil, messageBytes: 1_000)

  @Test("finds nothing wrong with a topic as it is made")
  func right() {
    #expect(findings(Self.good).isEmpty)
    let made = Dictionary(uniqueKeysWithValues: Self.plan.allSettings(replicas: 3).map { ($0.name, $0.value) })
    #expect(findings(made).isEmpty)
  }

  @Test(
    "refuses what nothing can be trusted to",
    arguments: [
      ("message.timestamp.type", "CreateTime"), ("max.message.bytes", "1048588"), ("cleanup.policy", "compact,delete"),
    ])
  func refuses(_ name: String, _ value: String) {
    let found = findings(Self.good.merging([name: value]) { $1 })
    guard found.count == 1, case .refused(let reason) = found[0] else {
      Issue.record("\(found)")
      return
    }
    #expect(reason.contains(name) && reason.contains("set "))
  }

  @Test(
    "warns of less than the promise",
    arguments: [
      ("min.insync.replicas", "1"), ("unclean.leader.election.enable", "true"), ("retention.ms", "3600000"),
      ("retention.bytes", "1000"),
    ])
  func warns(_ name: String, _ value: String) {
    let found = findings(Self.good.merging([name: value]) { $1 })
    guard found.count == 1, case .warning(let reason) = found[0] else {
      Issue.record("\(found)")
      return
    }
    #expect(reason.contains(name))
  }

  @Test("warns of too few copies")
  func copies() {
    let found = TopicCheck(
      plan: Self.plan, description: .init(partitions: 8, replicas: 1), settings: Self.good
    ).findings
    #expect(found.count == 1)
  }

  @Test("refuses retention where nothing must go")
  func forEver() {
    let found = TopicCheck(
      plan: Self.kept, description: .init(partitions: 1, replicas: 3), settings: Self.good
    ).findings
    guard found.count == 1, case .refused = found[0] else {
      Issue.record("\(found)")
      return
    }
  }

  @Test("plans three copies, or as many as there are brokers, and one less that a record needs")
  func plans() {
    #expect([1, 2, 3, 5].map { Self.plan.replicas(brokers: $0) } == [1, 2, 3, 3])
    #expect([1, 2, 3].map { Self.plan.inSync(replicas: $0) } == [1, 1, 2])
  }

  private func findings(_ settings: [String: String]) -> [TopicCheck.Finding] {
    TopicCheck(plan: Self.plan, description: .init(partitions: 8, replicas: 3), settings: settings).findings
  }
}
