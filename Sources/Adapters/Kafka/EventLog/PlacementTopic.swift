import Application
import Domain
import Threads

/// The list of placements, in a topic of its own beside the log's: it outlives the index, and nothing in it is ever removed
/// (retention without limit; not compaction, which would keep the last of two that were written at once, after somebody has
/// used the first).
final class PlacementTopic: Sendable {
  private struct State {
    var list = PlacementList()
    /// When it was read to its end, by the clock's `elapsed`; nil if never.
    var read: Duration?
  }

  private static let readBytes = 1 << 20

  private let configuration: KafkaEventLogConfiguration
  private let reader: PartitionReader
  private let clock: any WallClock
  private let turn = Turn()
  private let state = Lock(State())

  init(_ configuration: KafkaEventLogConfiguration, _ reader: PartitionReader, _ clock: any WallClock) {
    self.configuration = configuration
    self.reader = reader
    self.clock = clock
  }

  /// The list, read again if it is older than it may be. While no broker answers, the one that is known is used.
  func placements() async throws(EventLogError) -> [Placement] {
    if !isFresh {
      guard await turn.acquire() else { throw .cancelled }
      defer { turn.release() }
      do throws(EventLogError) { if !isFresh { try await refresh() } } catch {
        if state.withLock({ $0.read == nil }) { throw error }
      }
    }
    let delay = configuration.keepsPlacements ? .zero : configuration.placementDelay
    return state.withLock { $0.list.placements(at: clock.now(), delay: delay) }
  }

  /// Adds the placement that is configured, if the last one is another.
  ///
  /// - Parameter send: Appends a record to the topic.
  func adopt(_ send: ([UInt8]) async throws(EventLogError) -> Void) async throws(EventLogError) {
    try await refresh()
    // Two that write at once: one is first, and the other sees that, and tries again behind it.
    while let wanted = state.withLock({ missing(in: $0.list) }) {
      try await send(wanted.encoded)
      try await refresh()
    }
  }

  private func missing(in list: PlacementList) -> Placement? {
    if let last = list.last {
      let isAsConfigured = last.partitions == configuration.partitions && last.spread == configuration.spread
      if isAsConfigured || configuration.keepsPlacements { return nil }
    }
    return Placement(
      version: UInt32(list.entries.count), partitions: configuration.partitions, spread: configuration.spread)
  }

  private var isFresh: Bool {
    state.withLock { state in state.read.map { clock.elapsed() - $0 < configuration.placementAge } ?? false }
  }

  private func refresh() async throws(EventLogError) {
    let asked = clock.elapsed()
    let bounds = try await reader.currentBounds()
    guard bounds.start == 0 else {
      throw .rejected(
        reason: """
          '\(configuration.placementTopic)' has lost its beginning: which partitions old batches are on is not known any more. \
          Restore it, or start with a new topic
          """)
    }
    while true {
      let next = state.withLock { $0.list.next }
      if next >= bounds.end { break }
      let slice = try await reader.read(
        from: next, limit: Self.readBytes, patience: configuration.fetchTimeout)
      state.withLock { state in for record in slice.records { state.list.apply(record) } }
    }
    state.withLock { $0.read = asked }
  }
}
