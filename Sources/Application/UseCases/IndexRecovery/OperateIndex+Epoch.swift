package import Domain

extension OperateIndex {
  package func beginEpoch(of partition: PartitionID?) async throws(IndexOperationError) -> [EpochChange] {
    let partitions: [PartitionID]
    do throws(EventLogError) { partitions = try await ports.log.partitions() } catch { throw Self.error(error) }
    if let partition, !partitions.contains(partition) {
      throw .rejected(reason: "there is no partition \(partition), they are 0 to \(partitions.count - 1)")
    }
    var changes: [EpochChange] = []
    for number in partitions where partition == nil || number == partition {
      if let change = try await change(number) { changes.append(change) }
    }
    return changes
  }

  private func change(_ partition: PartitionID) async throws(IndexOperationError) -> EpochChange? {
    let bounds: LogBounds
    do throws(EventLogError) { bounds = try await ports.log.bounds(of: partition) } catch { throw Self.error(error) }
    let generation: Generation?
    let state: PartitionState
    do throws(ChunkIndexError) {
      generation = try await ports.index.generation()
      state = try await ports.index.state(of: partition)
    } catch { throw IndexOperationError(error) }
    guard let generation else {
      throw .rejected(reason: "the index has no generation marker: run 'cordwood index rebuild' first")
    }
    guard let epoch = state.epoch else { return nil }
    if epoch == bounds.epoch {
      guard state.watermark <= bounds.end else {
        throw .rejected(
          reason: """
            the log of partition \(partition) ends at \(bounds.end) and is the one that the index knows up to \
            \(state.watermark): it was set back to an older copy; put the newer one back, or stop the server and move the \
            partition's folder away, so that a new log begins
            """)
      }
      return nil
    }
    // Until now, since nobody can say when the old log was lost. The owner takes the snapshot that has to come before the
    // next flush: it stands on a gap.
    let commit = GapCommit(
      partition: partition, generation: generation, flush: FlushID(ports.identifiers.next()), parent: state.head,
      replacing: epoch, from: state.watermark, times: state.times(until: ports.clock.now()), by: bounds.epoch,
      from: bounds.start)
    do throws(ChunkIndexError) { try await ports.index.commit(commit) } catch { throw IndexOperationError(error) }
    ports.telemetry.record(
      .gapCommitted(partition: partition, records: nil, reason: "an operator began log epoch \(bounds.epoch)"))
    return EpochChange(
      partition: partition, replaced: epoch, watermark: state.watermark, begun: bounds.epoch)
  }

  private static func error(_ error: EventLogError) -> IndexOperationError {
    if case .cancelled = error { return .cancelled }
    return .unavailable(reason: "the log does not answer: \(error)")
  }
}
