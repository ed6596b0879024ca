import Domain

/// Commits that a range of the log is lost, and sees to it that a snapshot holds that before a flush is built on it (DESIGN
/// section 4, rules 6 to 9): no object tells of a gap, so a rebuild knows it from snapshots only.
struct GapWriter: Sendable {
  let ports: BuildChunksPorts

  /// - Throws: `.lost` if another owner was faster.
  func commit(_ commit: GapCommit) async throws(PartitionInterruption) {
    try await ports.index.commit(commit.flush, of: commit.partition) { () async throws(ChunkIndexError) in
      try await ports.index.commit(commit)
    }
  }

  /// Takes a snapshot of a partition whose newest commit is a gap.
  ///
  /// - Throws: `.retry` while there is none.
  func secure(_ partition: PartitionID) async throws(PartitionInterruption) {
    do throws(PartitionSnapshotError) { try await ports.snapshots.take(of: partition) } catch {
      switch error {
      case .unavailable(let reason):
        throw .retry(reason: "nothing is flushed behind a gap before a snapshot holds it: \(reason)")
      case .rejected(let reason): throw .stopped(reason: "a gap needs a snapshot: \(reason)")
      case .cancelled: throw .cancelled
      }
    }
  }

  /// The append times between which the lost records came.
  ///
  /// - Parameters:
  ///   - state: What the gap follows.
  ///   - end: The first offset behind it.
  func times(
    of partition: PartitionID, behind state: PartitionState, before end: UInt64
  ) async -> ClosedRange<Timestamp> {
    var latest = ports.clock.now()
    do throws(EventLogError) {
      let slice = try await ports.log.read(partition, from: end, limit: 1, patience: .zero)
      if let first = slice.records.first { latest = first.appended }
    } catch {
      // Nothing can be read behind it yet: it ends now at the latest.
    }
    return state.times(until: latest)
  }
}
