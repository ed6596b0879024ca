package import Domain

/// What was done for an answer, and what stands behind its `complete`.
package struct QueryReport: Hashable, Sendable {
  /// Something that keeps the answer from being complete.
  package enum Shortfall: Hashable, Sendable {
    /// Nobody answered for the partition's newest events.
    case noOwner(PartitionID, reason: String)
    /// Its owner has not read all that was acknowledged when the query began.
    case behind(PartitionID, records: UInt64)
    /// The owner and the index do not stand on the same state.
    case outOfStep(PartitionID, reason: String)
    /// An object that the index names could not be read.
    case objectFailed(ObjectKey, reason: String)
    /// An event that is not in an object yet could not be read.
    case recordUnreadable(reason: String)
    /// The log lost records within the time asked for.
    case gap(PartitionID)
    /// The budget was spent before all of a count was done: counts before that time may lack events.
    case overBudget(reason: String, before: Timestamp)
    /// The index has no generation marker: it may not be whole.
    case indexNotWhole
  }

  package var partitions = 0
  package var objectsPlanned = 0
  package var objectsRead = 0
  /// Not read, since the page was full without them or their statistics ruled them out.
  package var objectsSkipped = 0
  package var objectsFailed = 0
  package var eventsScanned = 0
  package var bytesRead = 0
  package var recentBatches = 0
  package var duration: Duration = .zero
  package var shortfalls: [Shortfall] = []

  package init() {}

  package var isComplete: Bool { shortfalls.isEmpty }
}
