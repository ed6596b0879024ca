/// A source whose identity is known, at the place from which it has not been imported.
struct FoundSource {
  let id: SourceID
  let source: any LogSource
  /// Read already, and to be cut first.
  let unread: [[UInt8]]
  let skipped: SkippedContent
}
