/// A range of a source that ends with a line, and the events in it by stream.
package struct CutEntry: Sendable {
  /// Where the range ends.
  package let end: SourceCheckpoint
  /// In the order in which the streams first appear; not empty.
  package let batches: [CutBatch]
}
