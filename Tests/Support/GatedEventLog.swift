package import Application
package import Domain
package import InMemoryAdapter

/// A log whose readers get what they read only while its gate is open.
package struct GatedEventLog: EventLog {
  package let base: InMemoryEventLog
  let gate = Gate()

  package func placements() async throws(EventLogError) -> [Placement] { try await base.placements() }

  package func append(_ record: EncodedRecord, to partition: PartitionID) async throws(EventLogError) -> LogPosition {
    try await base.append(record, to: partition)
  }

  package func read(
    _ partition: PartitionID, from offset: UInt64, limit bytes: Int, patience: Duration
  ) async throws(EventLogError) -> LogSlice {
    let slice = try await base.read(partition, from: offset, limit: bytes, patience: patience)
    await gate.pass()
    if Task.isCancelled { throw .cancelled }
    return slice
  }

  package func trim(_ partition: PartitionID, below offset: UInt64) async throws(EventLogError) {
    try await base.trim(partition, below: offset)
  }

  package func expect(_ partition: PartitionID, reaches end: UInt64, in epoch: LogEpoch) async throws(EventLogError) {
    try await base.expect(partition, reaches: end, in: epoch)
  }

  package func bounds(of partition: PartitionID) async throws(EventLogError) -> LogBounds {
    try await base.bounds(of: partition)
  }
}
