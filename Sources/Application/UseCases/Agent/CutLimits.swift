/// When an entry of the journal is full.
package struct CutLimits: Hashable, Sendable {
  /// Events of one stream: what SWIFT's measurements call a good batch.
  package var streamEvents = 1_000
  /// Bytes of one stream, as `JSONLineScanner.maximumEncodedBytes` counts them: half of what an encoded batch may have.
  package var streamBytes = 512 << 10
  /// Of all streams together: bounds the memory of a source with very many of them.
  package var events = 16_384
  package var bytes = 4 << 20
  /// Bytes of a single event that is larger than `streamBytes` and so alone in its batch.
  package var singleEventBytes = (2 << 20) - headerBytes

  /// What an encoded batch has besides its events: names, ids and lengths, with room to spare.
  private static let headerBytes = 4 << 10

  package init() {}

  /// Within what the server takes.
  package init(_ terms: IngestTerms) {
    streamBytes = min(streamBytes, terms.maximumBatchBytes - Self.headerBytes)
    singleEventBytes = terms.maximumSingleEventBatchBytes - Self.headerBytes
  }
}
