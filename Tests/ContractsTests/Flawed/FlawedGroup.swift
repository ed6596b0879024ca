import Application
import Domain
import PartitionOwnershipContract

/// A group in memory that shares partitions, and breaks one promise or none.
actor FlawedGroup {
  private struct Stint {
    let member: Int
    let task: Task<Void, Never>
  }

  nonisolated let flaw: PartitionOwnershipPromise?
  private let partitions: [PartitionID]
  private var members: [(id: Int, session: @Sendable (PartitionID) async -> Void)] = []
  private var stints: [PartitionID: Stint] = [:]
  private var nextMember = 0

  init(_ partitions: [PartitionID], breaking flaw: PartitionOwnershipPromise?) {
    self.partitions = partitions
    self.flaw = flaw
  }

  func join(_ session: @escaping @Sendable (PartitionID) async -> Void) async -> Int {
    defer { nextMember += 1 }
    let id = nextMember
    if flaw == .canBeAskedAgain, id > 0 { return id }
    members.append((id, session))
    await share()
    return id
  }

  func leave(_ id: Int) async {
    members.removeAll { $0.id == id }
    for partition in partitions where stints[partition]?.member == id { await end(partition) }
    if flaw != .handsOverWhatALeavingMemberHad { await share() }
  }

  func hasSessions(of id: Int) -> Bool { stints.values.contains { $0.member == id } }

  private func share() async {
    for (index, partition) in partitions.enumerated() where !members.isEmpty {
      let owner = flaw == .sharesWithANewMember ? members[0] : members[index % members.count]
      if let stint = stints[partition] {
        if stint.member == owner.id { continue }
        await end(partition)
      }
      begin(partition, owner.id, owner.session)
    }
    // Whoever is alone gets the same once more.
    if flaw == .givesEveryPartitionOnce, let owner = members.first { Task { await owner.session(partitions[0]) } }
  }

  private func begin(_ partition: PartitionID, _ id: Int, _ session: @escaping @Sendable (PartitionID) async -> Void) {
    let flaw = flaw
    stints[partition] = Stint(
      member: id,
      task: Task {
        await session(partition)
        if flaw == .doesNotRepeatASessionThatReturned, !Task.isCancelled { await session(partition) }
      })
  }

  private func end(_ partition: PartitionID) async {
    let stint = stints.removeValue(forKey: partition)
    stint?.task.cancel()
    if flaw == .waitsForTheSessionBeforeItGivesAway || flaw == .returnsOnlyWhenEverySessionHas { return }
    await stint?.task.value
  }
}

struct FlawedMember: PartitionOwnership {
  let group: FlawedGroup

  func own(_ session: @escaping @Sendable (PartitionID) async -> Void) async throws(PartitionOwnershipError) {
    if Task.isCancelled, group.flaw != .ownsNothingForACancelledTask { return }
    let id = await group.join(session)
    let limit = group.flaw == .goesOnWhenASessionReturned || group.flaw == .ownsNothingForACancelledTask
    do { try await Task.sleep(for: limit ? .milliseconds(200) : .seconds(3_600)) } catch {}
    await Task { await group.leave(id) }.value
  }
}
