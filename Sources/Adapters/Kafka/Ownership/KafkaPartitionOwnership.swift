package import Application
package import Domain
import Threads

/// Shares a log's partitions by a Kafka consumer group: cooperative, so that what does not move goes on undisturbed.
///
/// The group says who owns what, and nothing else: records are read by `KafkaEventLog`, positions are the index's, and no
/// offset is committed.
package struct KafkaPartitionOwnership: PartitionOwnership {
  private let configuration: KafkaOwnershipConfiguration
  private let telemetry: any Telemetry

  package init(_ configuration: KafkaOwnershipConfiguration, telemetry: any Telemetry) {
    self.configuration = configuration
    self.telemetry = telemetry
  }

  package func own(
    _ session: @escaping @Sendable (PartitionID) async -> Void
  ) async throws(PartitionOwnershipError) {
    if Task.isCancelled { return }
    // One element a partition at most is under way, however often partitions move.
    let (sessions, begun) = AsyncStream.makeStream(of: PartitionSession.self)
    let thread = ThreadPool(name: "kafka-group", threads: 1)
    let member: GroupMember
    do throws(KafkaError) {
      member = try await thread.run { () throws(KafkaError) in
        try GroupMember(configuration, telemetry: telemetry) { begun.yield($0) }
      }
    } catch { throw .rejected(reason: "\(configuration.connection): \(error) (\(error.name))") }
    let serving = Task(executorPreference: thread) {
      let failure = member.serve()
      begun.finish()
      return failure
    }
    await withTaskCancellationHandler {
      await withDiscardingTaskGroup { group in
        // Ends when the member has left the group, or with this task.
        for await next in sessions { group.addTask { await member.run(next, session) } }
      }
    } onCancel: {
      member.stop()
    }
    if let failure = await serving.value {
      throw .rejected(
        reason: """
          group '\(configuration.group)' on topic '\(configuration.topic)': \(failure) (\(failure.name))
          """)
    }
  }
}
