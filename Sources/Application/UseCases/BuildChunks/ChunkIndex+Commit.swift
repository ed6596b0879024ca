import Domain

extension ChunkIndex {
  /// Commits what makes `flush` the partition's head. A commit whose outcome is not known is looked up: it happened if the
  /// head is that flush. An adapter that asks again by itself after a lost answer finds that head in its way.
  ///
  /// - Throws: `.lost` if another owner was faster.
  func commit(
    _ flush: FlushID, of partition: PartitionID, _ commit: () async throws(ChunkIndexError) -> Void
  ) async throws(PartitionInterruption) {
    do throws(ChunkIndexError) { try await commit() } catch {
      if case .lostRace(flush) = error { return }
      guard case .unavailable = error else { throw PartitionInterruption(error) }
      let state: PartitionState
      do throws(ChunkIndexError) { state = try await self.state(of: partition) } catch {
        throw PartitionInterruption(error)
      }
      guard state.head == flush else { throw PartitionInterruption(error) }
    }
  }
}
