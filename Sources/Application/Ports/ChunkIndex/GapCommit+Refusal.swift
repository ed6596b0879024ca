package import Domain

extension GapCommit {
  /// Why an index must refuse this commit; nil if it may go ahead. The rule that every adapter applies within its atomic
  /// step, as for a flush; without its age, since it has no objects that could count as strays.
  ///
  /// - Parameters:
  ///   - generation: The index's marker, nil if it has none.
  ///   - epoch: Of the partition, with `head` nil and `watermark` 0, before its first commit: then any epoch will do.
  package func refusal(
    generation: Generation?, epoch: LogEpoch?, watermark: UInt64, head: FlushID?
  ) -> ChunkIndexError? {
    guard generation == self.generation else { return .wrongGeneration(found: generation) }
    guard head == parent, watermark == gap.from, epoch == nil || epoch == gap.epoch else {
      return .lostRace(head: head)
    }
    return nil
  }
}
