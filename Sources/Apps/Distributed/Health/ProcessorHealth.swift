package import Application
package import Domain
import Serving

/// Whether a processor can do its work: index and object store answer, and no partition that it owns stands still. One that owns
/// none waits for some, and is well.
package struct ProcessorHealth: Health {
  private let index: any ChunkIndex
  private let store: any ObjectStore
  private let recents: any RecentEvents
  private let owned: @Sendable () -> [PartitionID]

  /// - Parameters:
  ///   - recents: The processor's own.
  ///   - owned: The partitions that it owns.
  package init(
    index: any ChunkIndex, store: any ObjectStore, recents: any RecentEvents,
    owned: @escaping @Sendable () -> [PartitionID]
  ) {
    self.index = index
    self.store = store
    self.recents = recents
    self.owned = owned
  }

  package func problems() async -> [String] {
    var problems: [String] = []
    do throws(ChunkIndexError) {
      if try await index.generation() == nil {
        problems.append("the index has no generation marker: it was lost, or belongs to other objects")
      }
    } catch { problems.append("the index does not answer: \(error)") }
    do throws(ObjectStoreError) { _ = try await store.list(below: "_system", page: nil, limit: 1) } catch {
      problems.append("the object store does not answer: \(error)")
    }
    for partition in owned() {
      if let problem = await recents.problem(of: partition) { problems.append(problem) }
    }
    return problems
  }
}
