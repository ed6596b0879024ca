/// A range of a source and the batches that were cut from it, of one stream or several, those of a stream by sequence.
package struct JournalEntry: Hashable, Sendable {
  package let source: SourceID
  /// Where the range ends: the checkpoint once all batches are acknowledged.
  package let end: SourceCheckpoint
  package let batches: [JournaledBatch]

  package init(source: SourceID, end: SourceCheckpoint, batches: [JournaledBatch]) {
    self.source = source
    self.end = end
    self.batches = batches
  }
}
