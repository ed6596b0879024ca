import Domain

/// One stretch of owning a partition.
final class PartitionSession: Sendable {
  let partition: PartitionID
  private let revocation = WakeSignal()

  init(_ partition: PartitionID) { self.partition = partition }

  /// Cancels what runs; it ends in its own time.
  func revoke() { revocation.wake() }

  /// Runs `body` in a task that is cancelled by `revoke` and with the caller's.
  func run(_ body: @escaping @Sendable (PartitionID) async -> Void) async {
    await withTaskGroup { group in
      group.addTask { await body(self.partition) }
      group.addTask { await self.revocation.wait() }
      await group.next()
      group.cancelAll()
    }
  }
}
