import Domain

/// What a query has to look at: what the owners of the partitions have in hand, and chunks.
struct QueryPlan: Sendable {
  var batches: [EventBatch] = []
  var chunks: [IndexedChunks.Chunk] = []
  var shortfalls: [QueryReport.Shortfall] = []
  var partitions = 0
}
