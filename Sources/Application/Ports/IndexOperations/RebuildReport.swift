package import Domain

/// What a rebuild found and made of it.
package struct RebuildReport: Hashable, Sendable {
  /// Something that could not be read, and why.
  package struct Unreadable: Hashable, Sendable {
    package let key: ObjectKey
    package let reason: String

    package init(key: ObjectKey, reason: String) {
      self.key = key
      self.reason = reason
    }
  }

  package struct Partition: Hashable, Sendable {
    package let partition: PartitionID
    /// Commits that the snapshot stood for which it began with; nil if there was none.
    package var snapshot: UInt64?
    /// Snapshots that were newer than that, and damaged.
    package var damagedSnapshots: [Unreadable] = []
    /// Flushes that were followed from there.
    package var flushes = 0
    /// Objects that the index names now.
    package var objects = 0
    package var watermark: UInt64 = 0
    /// Objects that no committed flush needs: of owners that lost a race, or of a flush that was not finished.
    package var strays = 0
    /// Objects whose footer could not be read: flushes behind them cannot be followed.
    package var unreadable: [Unreadable] = []
    /// Whole flushes that end above `watermark` and cannot be reached: one before them is damaged or missing, or a gap
    /// lies between that no snapshot holds.
    package var unreached = 0

    package init(partition: PartitionID) { self.partition = partition }
  }

  package let generation: Generation
  /// By number.
  package let partitions: [Partition]
  /// Keys that the store has, of whatever kind.
  package let objectsListed: Int
  package let duration: Duration

  package init(generation: Generation, partitions: [Partition], objectsListed: Int, duration: Duration) {
    self.generation = generation
    self.partitions = partitions
    self.objectsListed = objectsListed
    self.duration = duration
  }

  /// A person should look: something could not be read, and may be missing from the index.
  package var isDoubtful: Bool {
    partitions.contains { !$0.unreadable.isEmpty || !$0.damagedSnapshots.isEmpty || $0.unreached > 0 }
  }
}
