import Domain

extension [ProcessorEntry] {
  /// In the order in which `ProcessorDirectory.processors` gives them: where two claim the same partition, the later owner
  /// comes first; else by identifier, so that the order is the same each time.
  ///
  /// Where claims contradict each other (one is later on one partition, the other on another) the newest claim of all decides.
  package var latestOwnersFirst: [ProcessorEntry] {
    var rest = sorted { $0.processor < $1.processor }
    var ordered: [ProcessorEntry] = []
    while !rest.isEmpty {
      let free = rest.indices.first { place in !rest.contains { $0.isLater(than: rest[place]) } }
      let newest = rest.indices.max { rest[$0].newestClaim < rest[$1].newestClaim }
      ordered.append(rest.remove(at: free ?? newest ?? 0))
    }
    return ordered
  }
}

extension ProcessorEntry {
  fileprivate var newestClaim: Timestamp { partitions.values.max() ?? .distantPast }

  fileprivate func isLater(than other: ProcessorEntry) -> Bool {
    partitions.contains { partition, since in other.partitions[partition].map { $0 < since } ?? false }
  }
}
