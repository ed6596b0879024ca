import Domain

/// What sessions did, and waiting for it.
actor SessionRecorder {
  /// What did not come in time, and what there was instead.
  struct Missed: Error {
    let running: [PartitionID: Int]
  }

  private(set) var running: [PartitionID: [Int]] = [:]
  private(set) var begun: [PartitionID: Int] = [:]
  /// Sessions of one partition that ran at the same time at most.
  private(set) var overlap = 0
  private var watchers: [CheckedContinuation<Void, Never>] = []

  /// A session of a member, as long as its task is not cancelled, and `lingering` longer.
  nonisolated func session(of member: Int, _ partition: PartitionID, lingering: Duration = .zero) async {
    await begin(member, partition)
    do { try await Task.sleep(for: .seconds(3_600)) } catch {}
    // The session's task is cancelled: what takes time from now on runs in another.
    if lingering > .zero { await Task { try? await Task.sleep(for: lingering) }.value }
    await end(member, partition)
  }

  func begin(_ member: Int, _ partition: PartitionID) {
    running[partition, default: []].append(member)
    begun[partition, default: 0] += 1
    overlap = max(overlap, running[partition]?.count ?? 0)
    announce()
  }

  func end(_ member: Int, _ partition: PartitionID) {
    if let index = running[partition]?.firstIndex(of: member) { running[partition]?.remove(at: index) }
    announce()
  }

  /// Returns once it is so.
  ///
  /// - Throws: `Missed` if it is not so in time.
  func wait(for patience: Duration, until isSo: @Sendable (isolated SessionRecorder) -> Bool) async throws {
    let deadline = ContinuousClock.now + patience
    let alarm = Task {
      try await Task.sleep(until: deadline)
      announce()
    }
    defer { alarm.cancel() }
    while !isSo(self) {
      if ContinuousClock.now >= deadline { throw Missed(running: running.mapValues(\.count)) }
      await withCheckedContinuation { watchers.append($0) }
    }
  }

  /// How many partitions each member has.
  func shares() -> [Int: Int] {
    running.values.reduce(into: [:]) { shares, members in for member in members { shares[member, default: 0] += 1 } }
  }

  var total: Int { running.values.reduce(0) { $0 + $1.count } }

  private func announce() {
    let waiting = watchers
    watchers = []
    for watcher in waiting { watcher.resume() }
  }
}
