package import Domain

extension FlushCommit {
  /// Why an index must refuse this commit; nil if it may go ahead. The rule that every adapter applies within its atomic
  /// step (DESIGN section 4, rules 5 and 8).
  ///
  /// - Parameters:
  ///   - generation: The index's marker, nil if it has none.
  ///   - epoch: Of the partition, with `head` nil and `watermark` 0, before its first commit: then any epoch will do.
  ///   - now: By the index's own clock.
  package func refusal(
    generation: Generation?, epoch: LogEpoch?, watermark: UInt64, head: FlushID?, now: Timestamp
  ) -> ChunkIndexError? {
    guard generation == self.generation else { return .wrongGeneration(found: generation) }
    guard head == parent, watermark == range.lowerBound, epoch == nil || epoch == self.epoch else {
      return .lostRace(head: head)
    }
    let age = now.duration(since: begun)
    guard age <= Self.maximumAge else { return .tooOld(age: age) }
    return nil
  }
}
