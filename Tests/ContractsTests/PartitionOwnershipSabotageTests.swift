import Domain
import PartitionOwnershipContract
import Testing

@Suite("The contract of partition ownership", .timeLimit(.minutes(1)))
struct PartitionOwnershipSabotageTests {
  @Test("is kept by a right group", arguments: PartitionOwnershipPromise.allCases)
  func isKept(_ promise: PartitionOwnershipPromise) async throws {
    try await promise.check(on: trial(breaking: nil))
  }

  @Test("notices a broken promise", arguments: PartitionOwnershipPromise.allCases)
  func isBroken(_ promise: PartitionOwnershipPromise) async {
    await withKnownIssue("a flawed group breaks \(promise)") { try await promise.check(on: trial(breaking: promise)) }
  }

  private func trial(breaking flaw: PartitionOwnershipPromise?) -> PartitionOwnershipTrial {
    let partitions = (0..<4).map { PartitionID($0) }
    let group = FlawedGroup(partitions, breaking: flaw)
    return PartitionOwnershipTrial(partitions: partitions, isShared: true, patience: .seconds(3)) {
      FlawedMember(group: group)
    }
  }
}
