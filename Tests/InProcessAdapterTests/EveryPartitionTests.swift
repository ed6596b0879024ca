import Domain
import InProcessAdapter
import PartitionOwnershipContract
import Testing

@Suite("Every partition in one process", .timeLimit(.minutes(1)))
struct EveryPartitionTests {
  @Test("keeps the port's promises", arguments: PartitionOwnershipPromise.allCases.filter { !$0.isAboutSharing })
  func keeps(_ promise: PartitionOwnershipPromise) async throws {
    let partitions = (0..<5).map { PartitionID($0) }
    try await promise.check(
      on: PartitionOwnershipTrial(partitions: partitions, isShared: false) { EveryPartition(partitions) })
  }
}
