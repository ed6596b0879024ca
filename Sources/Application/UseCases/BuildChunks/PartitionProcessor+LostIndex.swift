import Domain

/// Going on without an index: events are taken in and can be asked for, as many as memory allows; nothing is flushed, and
/// no answer is complete, until it is rebuilt.
extension PartitionProcessor {
  /// What the index says; nil if it is not whole, or cannot be read at all.
  func wholeIndex() async throws(PartitionInterruption) -> (PartitionState, Generation)? {
    do throws(ChunkIndexError) {
      guard let generation = try await ports.index.generation() else { return nil }
      return (try await ports.index.state(of: partition), generation)
    } catch {
      if case .corrupt = error { return nil }
      throw PartitionInterruption(error)
    }
  }

  /// Owns the partition provisionally, from what is left of the index if that fits the log.
  func takeOverWithoutIndex(_ bounds: LogBounds) async {
    var state = PartitionState.empty
    do throws(ChunkIndexError) { state = try await ports.index.state(of: partition) } catch {
      // Nothing is left of it.
    }
    begin(.provisional(of: partition, bounds, left: state))
    _ = indexWatch.note(isAway: true)
    ports.telemetry.record(.flushFailed(partition: partition, reason: IndexWatch.noGeneration))
  }

  /// Looks now and then whether the index is the one that the partition was taken over with.
  ///
  /// - Throws: If it is another: then everything starts from that one.
  func watchIndex() async throws(PartitionInterruption) {
    guard let ledger, indexWatch.isDue(at: ports.clock.elapsed()) else { return }
    var found: Generation?
    do throws(ChunkIndexError) { found = try await ports.index.generation() } catch {
      if case .cancelled = error { return }
    }
    if let found, found != ledger.generation {
      throw .moved(reason: "the index was rebuilt, as generation \(found): taking the partition over from there")
    }
    if indexWatch.note(isAway: found == nil), found == nil {
      ports.telemetry.record(.flushFailed(partition: partition, reason: IndexWatch.noGeneration))
    }
  }

  /// Memory is full of what cannot be flushed. An owner without a place in the index lets go of it, since the newest events
  /// are what is asked for; one that has its place waits.
  func waitForIndex(_ wait: Duration) async throws(PartitionInterruption) {
    if ledger?.isProvisional == true {
      ledger?.forgetOpen()
      openSince = nil
      return
    }
    do throws(CancellationError) { try await ports.clock.sleep(for: wait) } catch {
      // The next step sees that it is cancelled.
    }
  }
}
