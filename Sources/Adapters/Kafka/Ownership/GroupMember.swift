import Application
import Crdkafka
import Domain
import Threads

/// A member of the group, on a thread of its own: takes and gives up partitions as the group says. While a session ends, the
/// thread goes on to poll and librdkafka to send heartbeats.
final class GroupMember: Sendable {
  private struct State {
    var table = SessionTable()
    var isStopping = false
  }

  private struct Revocation {
    let list: KafkaPartitionList
    let partitions: [PartitionID]
    let deadline: ContinuousClock.Instant
  }

  private let configuration: KafkaOwnershipConfiguration
  private let client: KafkaClient
  private let queue: KafkaQueue
  private let telemetry: any Telemetry
  /// Begins a session.
  private let begin: @Sendable (PartitionSession) -> Void
  private let state = Lock(State())
  private let clock = ContinuousClock()

  /// Joins the group.
  init(
    _ configuration: KafkaOwnershipConfiguration, telemetry: any Telemetry,
    begin: @escaping @Sendable (PartitionSession) -> Void
  ) throws(KafkaError) {
    self.configuration = configuration
    self.telemetry = telemetry
    self.begin = begin
    client = try KafkaClient(
      .consumer, try configuration.settings(), events: RD_KAFKA_EVENT_REBALANCE | RD_KAFKA_EVENT_ERROR)
    queue = try client.subscribe(to: configuration.topic)
  }

  /// Runs a session to its end, unless it was taken before.
  func run(_ session: PartitionSession, _ body: @escaping @Sendable (PartitionID) async -> Void) async {
    guard state.withLock({ $0.table.run(session) }) else { return }
    await session.run(body)
    if let next = state.withLock({ $0.table.end(session) }) { begin(next) }
  }

  /// Ends all sessions; then `serve` leaves the group and returns.
  func stop() {
    let sessions = state.withLock { state in
      state.isStopping = true
      return state.table.stop()
    }
    for session in sessions { session.revoke() }
  }

  /// Does what the group says until the member is stopped and every session has ended. Blocks its thread.
  ///
  /// - Returns: Why it can own nothing; nil if it was stopped.
  func serve() -> KafkaError? {
    var failure: KafkaError?
    var revocation: Revocation?
    var leaving: ContinuousClock.Instant?
    while true {
      if let event = queue.poll(milliseconds: 100) {
        switch event.content() {
        case .assigned(let list): assigned(list)
        case .revoked(let list): revocation = revoked(list)
        case .error(let error):
          telemetry.recordKafka(error)
          if failure == nil, isFinal(error) {
            failure = client.fatalError ?? error
            stop()
          }
        case .deliveries, .other: break
        }
      }
      if let due = revocation, isDue(due) {
        giveUp(due.list)
        revocation = nil
      }
      if leaving == nil, state.withLock({ $0.isStopping && $0.table.areAllOver }) {
        leaving = clock.now + configuration.closeTimeout
        do throws(KafkaError) { try client.leave(queue) } catch { return failure }
      }
      if let leaving, client.hasLeft || clock.now >= leaving { return failure }
    }
  }

  private func assigned(_ list: KafkaPartitionList) {
    do throws(KafkaError) { try client.accept(list) } catch { telemetry.recordKafka(error) }
    let sessions = state.withLock { state in
      list.partitions.sorted().compactMap { state.table.give(PartitionID($0)) }
    }
    for session in sessions { begin(session) }
  }

  private func revoked(_ list: KafkaPartitionList) -> Revocation {
    let partitions = list.partitions.map { PartitionID($0) }
    let sessions = state.withLock { state in partitions.compactMap { state.table.take($0) } }
    for session in sessions { session.revoke() }
    return Revocation(
      list: list, partitions: partitions, deadline: clock.now + configuration.revocationTimeout)
  }

  private func isDue(_ revocation: Revocation) -> Bool {
    if state.withLock({ $0.table.areOver(revocation.partitions) }) { return true }
    guard clock.now >= revocation.deadline else { return false }
    let names = revocation.partitions.map(\.description).joined(separator: ", ")
    telemetry.record(
      .trouble(
        area: "kafka",
        reason: """
          partitions \(names) go to another processor although their sessions have not ended within \
          \(configuration.revocationTimeout)
          """))
    return true
  }

  private func giveUp(_ list: KafkaPartitionList) {
    do throws(KafkaError) { try client.giveUp(list) } catch { telemetry.recordKafka(error) }
  }

  /// What waiting does not mend. Everything else passes, and sessions go on meanwhile.
  private func isFinal(_ error: KafkaError) -> Bool {
    switch error.code {
    case RD_KAFKA_RESP_ERR__FATAL, RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID, RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED,
      RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART,
      RD_KAFKA_RESP_ERR_INCONSISTENT_GROUP_PROTOCOL, RD_KAFKA_RESP_ERR__AUTHENTICATION,
      RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED:
      true
    default: client.fatalError != nil
    }
  }
}
