import Application
import Domain

/// An ownership that gives and takes as the test says.
actor GivenPartitions: PartitionOwnership {
  private var sessions: [PartitionID: Task<Void, Never>] = [:]
  private var session: (@Sendable (PartitionID) async -> Void)?

  func own(_ session: @escaping @Sendable (PartitionID) async -> Void) async throws(PartitionOwnershipError) {
    self.session = session
    while !Task.isCancelled { try? await Task.sleep(for: .milliseconds(1)) }
    for partition in sessions.keys { await take(partition) }
  }

  /// Returns once the session has begun.
  func give(_ partition: PartitionID) async {
    while session == nil { try? await Task.sleep(for: .milliseconds(1)) }
    guard let session else { return }
    sessions[partition] = Task { await session(partition) }
  }

  /// Returns once the session has.
  func take(_ partition: PartitionID) async {
    let task = sessions.removeValue(forKey: partition)
    task?.cancel()
    await task?.value
  }
}
