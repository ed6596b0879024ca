import Application
import Domain
import Threads

extension LogPartition {
  /// Removes the files of the oldest segments that hold nothing from `offset` on, but keeps what the configuration says.
  func trim(below offset: UInt64) async throws(EventLogError) {
    let spent = try state.withLock { state throws(EventLogError) in
      if state.isClosed { throw .closed }
      return state.segments.takeOldest(below: min(offset, state.end), keeping: keepBytes)
    }
    if spent.isEmpty { return }
    try await surroundings.pool.run { self.remove(spent) }.get()
  }

  /// Oldest first, so that a crash in between leaves the newest ones without a hole. Readers know of it already: they are
  /// told that the range is gone rather than that a file is missing. Blocks.
  private func remove(_ spent: [LogSegments.Segment]) -> Result<Void, EventLogError> {
    var removed = 0
    let outcome: Result<Void, EventLogError>
    do throws(FileError) {
      for segment in spent {
        do throws(FileError) { try surroundings.files.remove(folder + "/" + SegmentName.text(segment.base)) } catch {
          if error.kind != .notFound { throw error }
        }
        removed += 1
      }
      try surroundings.files.syncFolder(folder)
      outcome = .success(())
    } catch {
      outcome = .failure(EventLogError(reading: error))
    }
    let bytes = state.withLock { state in
      state.segments.putBack(spent[removed...])
      for segment in spent[..<removed] { state.sealed.forget(segment.base) }
      state.damage.forget(below: state.segments.start ?? state.end)
      return state.segments.bytes
    }
    if removed > 0 {
      surroundings.telemetry.record(
        .logTrimmed(partition: id, segments: removed, bytes: spent[..<removed].reduce(0) { $0 + $1.bytes }))
    }
    surroundings.telemetry.record(.logSize(partition: id, bytes: bytes))
    return outcome
  }
}
