package import Domain

/// Looks whether objects that an index names are there and can say what is in them.
package struct ObjectProbe: Sendable {
  private let store: any ObjectStore

  package init(store: any ObjectStore) { self.store = store }

  /// Reads the footer of each, a few at a time.
  ///
  /// - Parameter objects: Their sizes, as the index has them.
  /// - Returns: What is wrong with those that are missing or damaged; empty if all is well.
  /// - Throws: If the store does not answer.
  package func problems(of objects: [ObjectKey: Int]) async throws(IndexOperationError) -> [ObjectKey: String] {
    let configuration = IndexRecoveryConfiguration()
    let reader = FooterReader(store: store, configuration: configuration)
    let keys = objects.keys.sorted()
    var problems: [ObjectKey: String] = [:]
    for start in stride(from: 0, to: keys.count, by: configuration.footersInFlight) {
      let batch = keys[start..<min(start + configuration.footersInFlight, keys.count)]
      for (key, reading) in zip(batch, try await reader.read(batch)) {
        switch reading {
        case .damaged(let reason): problems[key] = reason
        case .whole(let found):
          guard let size = objects[key], found.size != size else { continue }
          problems[key] = "it has \(found.size) bytes, the index knows it with \(size)"
        }
      }
    }
    return problems
  }
}
