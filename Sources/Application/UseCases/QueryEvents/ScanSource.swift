import Domain

/// Something that a query may have to look through, known so far only by its newest time.
enum ScanSource: Sendable {
  case batch(EventBatch)
  /// Its directory has not been read.
  case chunk(IndexedChunks.Chunk)
  case group(RowGroup, OpenChunk)

  /// No event in it is newer.
  var newest: Timestamp {
    switch self {
    case .batch(let batch): batch.timeSpan?.upperBound ?? .distantPast
    case .chunk(let chunk): chunk.descriptor.timeSpan.upperBound
    case .group(let group, _): group.timeSpan.upperBound
    }
  }
}
