import Domain

/// Commits that a range of the log is lost, and sees to it that a snapshot holds that before a flush is built on it (DESIGN
/// section 4, rules 6 to 9): no object tells of a gap, so a rebuild knows it from snapshots only.
struct GapWriter: Sendable {
  let ports: BuildChunksPorts

  /// A commit whose outcome is not known is looked up, as for a flush.
  ///
  /// - Throws: `.lost` if another owner was faster.
  func commit(_ commit: GapCommit) async throws(PartitionInterruption) {
    do throws(ChunkIndexError) { try await ports.index.commit(commit) } catch {
      if case .lostRace(commit.flush) = error { return }
      guard case .unavailable = error else { throw PartitionInterruption(error) }
      let state: PartitionState
      do throws(ChunkIndexError) { state = try await ports.index.state(of: commit.partition) } catch {
        throw PartitionInterruption(error)
      }
      guard state.head == commit.flush else { throw PartitionInterruption(error) }
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
  ///   - state: What the gap follows: the windows know when something was last appended, but for those that have expired.
  ///   - end: The first offset behind it.
  func times(
    of partition: PartitionID, behind state: PartitionState, before end: UInt64
  ) async -> ClosedRange<Timestamp> {
    let earliest = state.windows.values.map(\.lastAppend).max() ?? .distantPast
    var latest = ports.clock.now()
    do throws(EventLogError) {
      let slice = try await ports.log.read(partition, from: end, limit: 1, patience: .zero)
      if let first = slice.records.first { latest = first.appended }
    } catch {
      // Nothing can be read behind it yet: it ends now at the latest.
    }
    return earliest...max(earliest, latest)
  }
}
