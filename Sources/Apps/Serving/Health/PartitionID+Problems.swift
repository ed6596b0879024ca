package import Domain

extension [PartitionID] {
  /// What `problem` says of each, in their order. All are asked at the same time: where the answers come from elsewhere, one
  /// server that is silent holds a probe up once, and not once a partition.
  package func problems(_ problem: @escaping @Sendable (PartitionID) async -> String?) async -> [String] {
    let found = await withTaskGroup(of: (Int, String?).self) { group in
      for (place, partition) in enumerated() { group.addTask { (place, await problem(partition)) } }
      return await group.reduce(into: [String?](repeating: nil, count: count)) { $0[$1.0] = $1.1 }
    }
    return found.compactMap { $0 }
  }
}
