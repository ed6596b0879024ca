import Application
import Domain
import Threads

/// One partition of the log on disk: a folder of segments, one writer, any number of readers.
final class LogPartition: Sendable {
  struct State {
    /// Base offsets of all segments, ascending; the last is the open one, if there is an open one.
    var bases: [UInt64]
    /// Nil after a failed write until the next round begins a new segment.
    var open: OpenSegment?
    /// The offset of the next record; all before it are durable.
    var end: UInt64
    var queue: AppendQueue
    var recent: RecentRecords
    /// Sealed segments that were read last, by base.
    var sealed = SealedSegments()
    var isClosed = false
  }

  /// What the partitions of one log share.
  struct Surroundings: Sendable {
    let configuration: DiskEventLogConfiguration
    let files: any FileSystem
    let pool: ThreadPool
    let clock: any WallClock
    let telemetry: any Telemetry
  }

  let id: PartitionID
  let epoch: LogEpoch
  let folder: String
  let surroundings: Surroundings
  let state: Lock<State>
  /// Changes when records became durable or the log was closed.
  let arrivals = WaitList()
  /// Changes when a round ended.
  let rounds = WaitList()

  init(_ recovered: PartitionRecovery, recentBytes: Int, _ surroundings: Surroundings) {
    id = recovered.partition
    epoch = recovered.epoch
    folder = recovered.folder
    self.surroundings = surroundings
    state = Lock(
      State(
        bases: recovered.bases, open: recovered.open, end: recovered.end,
        queue: AppendQueue(limit: surroundings.configuration.queueBytes), recent: RecentRecords(limit: recentBytes)))
  }

  func bounds() throws(EventLogError) -> LogBounds {
    try state.withLock { state throws(EventLogError) in
      if state.isClosed { throw .closed }
      return bounds(state)
    }
  }

  func bounds(_ state: State) -> LogBounds {
    LogBounds(epoch: epoch, start: state.bases.first ?? state.end, end: state.end)
  }

  /// Refuses further calls and returns once what is queued has been written.
  func close() async {
    state.withLock { $0.isClosed = true }
    arrivals.change()
    rounds.change()
    while true {
      let ticket = rounds.ticket()
      if !state.withLock({ $0.queue.isWriting }) { break }
      // A cancelled close does not wait: what is queued is written all the same, and its callers are told.
      if await rounds.wait(ticket) == .cancelled { return }
    }
    state.withLock { state in
      state.open = nil
      state.sealed = SealedSegments()
      state.recent.removeAll()
    }
  }
}
