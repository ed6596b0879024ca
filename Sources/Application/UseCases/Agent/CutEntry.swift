package import Domain

/// A range of a source that ends with a line, and the events in it by stream.
package struct CutEntry: Sendable {
  package struct Batch: Sendable {
    package let service: ServiceName
    package let events: EventColumns
  }

  /// Where the range ends.
  package let end: SourceCheckpoint
  /// In the order in which the streams first appear; not empty, and none of them is.
  package let batches: [Batch]
}
