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
    var problems = [await index.problem()].compactMap { $0 }
    do throws(ObjectStoreError) { _ = try await store.list(below: "_system", page: nil, limit: 1) } catch {
      problems.append("the object store does not answer: \(error)")
    }
    return problems + (await owned().problems { [recents] in await recents.problem(of: $0) })
  }
}
