package import Application
package import Domain

/// What a check of partition ownership runs on: members of a group of its own, over partitions that nobody else shares.
package struct PartitionOwnershipTrial: Sendable {
  package let partitions: [PartitionID]
  /// Whether several members share the partitions; the only member has them all otherwise.
  package let isShared: Bool
  /// How long partitions may take to move.
  package let patience: Duration
  /// A member of the group, which joins when it is asked to own.
  package let member: @Sendable () -> any PartitionOwnership

  package init(
    partitions: [PartitionID], isShared: Bool, patience: Duration = .seconds(60),
    member: @escaping @Sendable () -> any PartitionOwnership
  ) {
    self.partitions = partitions
    self.isShared = isShared
    self.patience = patience
    self.member = member
  }
}
