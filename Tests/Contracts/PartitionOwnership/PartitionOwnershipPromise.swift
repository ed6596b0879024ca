import Application
import Domain
import Testing

/// What every ownership of partitions promises.
///
/// Left open on purpose: how soon partitions move; which of two members has which; whether a member that is killed is missed
/// (nobody can be told), and for how long two believe that they own the same (the index's compare-and-set makes that harmless).
package enum PartitionOwnershipPromise: String, CaseIterable, Sendable {
  case givesEveryPartitionOnce
  case returnsOnlyWhenEverySessionHas
  case doesNotRepeatASessionThatReturned
  case goesOnWhenASessionReturned
  case ownsNothingForACancelledTask
  case canBeAskedAgain
  case sharesWithANewMember
  case waitsForTheSessionBeforeItGivesAway
  case handsOverWhatALeavingMemberHad

  /// Promises about several members.
  package var isAboutSharing: Bool {
    switch self {
    case .sharesWithANewMember, .waitsForTheSessionBeforeItGivesAway, .handsOverWhatALeavingMemberHad: true
    default: false
    }
  }

  package func check(on trial: PartitionOwnershipTrial) async throws {
    switch self {
    case .givesEveryPartitionOnce: try await checkAll(trial)
    case .returnsOnlyWhenEverySessionHas: try await checkReturn(trial)
    case .doesNotRepeatASessionThatReturned, .goesOnWhenASessionReturned: try await checkReturnedSession(trial)
    case .ownsNothingForACancelledTask: await checkCancelled(trial)
    case .canBeAskedAgain: try await checkAgain(trial)
    case .sharesWithANewMember: try await checkSharing(trial)
    case .waitsForTheSessionBeforeItGivesAway: try await checkRevocation(trial)
    case .handsOverWhatALeavingMemberHad: try await checkLeaving(trial)
    }
  }

  private func checkAll(_ trial: PartitionOwnershipTrial) async throws {
    let recorder = SessionRecorder()
    let member = own(trial, 0, recorder)
    try await recorder.wait(for: trial.patience) { $0.total >= trial.partitions.count }
    #expect(await recorder.running == Dictionary(uniqueKeysWithValues: trial.partitions.map { ($0, [0]) }))
    try await end(member)
    #expect(await recorder.begun == Dictionary(uniqueKeysWithValues: trial.partitions.map { ($0, 1) }))
  }

  private func checkReturn(_ trial: PartitionOwnershipTrial) async throws {
    let recorder = SessionRecorder()
    let member = own(trial, 0, recorder, lingering: .milliseconds(300))
    try await recorder.wait(for: trial.patience) { $0.total == trial.partitions.count }
    try await end(member)
    #expect(await recorder.total == 0)
  }

  private func checkReturnedSession(_ trial: PartitionOwnershipTrial) async throws {
    let recorder = SessionRecorder()
    let first = trial.partitions[0]
    let isOver = SessionRecorder()
    let member = Task {
      try await trial.member().own { partition in
        if partition == first {
          await recorder.begin(0, partition)
          await recorder.end(0, partition)
        } else {
          await recorder.session(of: 0, partition)
        }
      }
      await isOver.begin(0, first)
    }
    try await recorder.wait(for: trial.patience) {
      $0.begun.count == trial.partitions.count && $0.total == trial.partitions.count - 1
    }
    // Nothing can be awaited that is not to happen.
    try await Task.sleep(for: .milliseconds(300))
    if self == .goesOnWhenASessionReturned {
      #expect(await recorder.total == trial.partitions.count - 1)
      #expect(await isOver.begun.isEmpty, "it returned although nobody cancelled it")
    } else {
      #expect(await recorder.begun[first] == 1)
    }
    try await end(member)
  }

  private func checkCancelled(_ trial: PartitionOwnershipTrial) async {
    let recorder = SessionRecorder()
    let member = Task {
      while !Task.isCancelled { await Task.yield() }
      try await trial.member().own { await recorder.session(of: 0, $0) }
    }
    member.cancel()
    _ = await member.result
    #expect(await recorder.begun.isEmpty)
  }

  private func checkAgain(_ trial: PartitionOwnershipTrial) async throws {
    let ownership = trial.member()
    for _ in 0..<2 {
      let recorder = SessionRecorder()
      let member = Task { try await ownership.own { await recorder.session(of: 0, $0) } }
      try await recorder.wait(for: trial.patience) { $0.total == trial.partitions.count }
      try await end(member)
      #expect(await recorder.total == 0)
    }
  }

  private func checkSharing(_ trial: PartitionOwnershipTrial) async throws {
    let (recorder, first, second) = try await share(trial)
    let most = (trial.partitions.count + 1) / 2
    // Of several partitions that move one comes first; shares that never become fair are told below.
    do { try await recorder.wait(for: trial.patience) { $0.shares().values.max() ?? 0 <= most } } catch {}
    let shares = await recorder.shares()
    #expect(shares.values.max() ?? 0 <= most, "\(shares)")
    try await end(first)
    try await end(second)
    #expect(await recorder.overlap == 1)
  }

  private func checkRevocation(_ trial: PartitionOwnershipTrial) async throws {
    let (recorder, first, second) = try await share(trial, lingering: .milliseconds(500))
    #expect(await recorder.overlap == 1, "a partition had a new session before the old one had ended")
    try await end(first)
    try await end(second)
  }

  private func checkLeaving(_ trial: PartitionOwnershipTrial) async throws {
    let (recorder, first, second) = try await share(trial)
    try await end(first)
    try await recorder.wait(for: trial.patience) { $0.shares()[1] == trial.partitions.count }
    #expect(await recorder.overlap == 1)
    try await end(second)
    #expect(await recorder.total == 0)
  }

  /// Two members that share the partitions: the second joined when the first had all.
  private func share(
    _ trial: PartitionOwnershipTrial, lingering: Duration = .zero
  ) async throws -> (recorder: SessionRecorder, first: Task<Void, any Error>, second: Task<Void, any Error>) {
    try #require(trial.isShared && trial.partitions.count >= 2)
    let recorder = SessionRecorder()
    let first = own(trial, 0, recorder, lingering: lingering)
    try await recorder.wait(for: trial.patience) { $0.total == trial.partitions.count }
    let second = own(trial, 1, recorder, lingering: lingering)
    try await recorder.wait(for: trial.patience) { $0.total == trial.partitions.count && $0.shares().count == 2 }
    return (recorder, first, second)
  }

  private func own(
    _ trial: PartitionOwnershipTrial, _ member: Int, _ recorder: SessionRecorder, lingering: Duration = .zero
  ) -> Task<Void, any Error> {
    Task { try await trial.member().own { await recorder.session(of: member, $0, lingering: lingering) } }
  }

  private func end(_ member: Task<Void, any Error>) async throws {
    member.cancel()
    try await member.value
  }
}
