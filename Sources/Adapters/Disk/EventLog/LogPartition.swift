import Application
import Domain
import Threads

/// One partition of the log on disk: a folder of segments, one writer, any number of readers.
final class LogPartition: Sendable {
  struct State {
    /// The last is the open one, if there is an open one.
    var segments: LogSegments
    /// Nil after a failed write until the next round begins a new segment.
    var open: OpenSegment?
    /// The offset of the next record; all before it are durable.
    var end: UInt64
    var queue: AppendQueue
    var recent: RecentRecords
    /// Sealed segments that were read last, by base.
    var sealed = SealedSegments()
    var damage: DamageRecord
    /// The newest write that failed, unless one has succeeded since, and when that was by the clock's `elapsed`.
    var failedWrite: (reason: String, time: Duration)?
    /// Why the newest read failed, until one succeeds: the owner goes on trying.
    var failedRead: String?
    /// The log was found to be an older copy of itself: appends are refused.
    var setback: LogSetback?
    /// Up to where the tail that was left out at the start had records; nil without one, and once something was appended.
    var tailReach: UInt64?
    /// When the durable end was noted last, by the clock's `elapsed`, and in which segment.
    var notedEnd: (time: Duration, base: UInt64)?
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

  /// Bytes of segments that `trim` leaves although nobody needs them.
  let keepBytes: Int

  /// - Parameter partitionCount: Of the log, which share what is kept in memory and on disk.
  init(_ recovered: PartitionRecovery, partitionCount: Int, _ surroundings: Surroundings) {
    let configuration = surroundings.configuration
    keepBytes = configuration.keepBytes / partitionCount
    id = recovered.partition
    epoch = recovered.epoch
    folder = recovered.folder
    self.surroundings = surroundings
    state = Lock(
      State(
        segments: recovered.segments, open: recovered.open, end: recovered.end,
        queue: AppendQueue(limit: configuration.queueBytes),
        recent: RecentRecords(limit: configuration.recentBytes / partitionCount),
        damage: DamageRecord(files: recovered.damagedFiles), tailReach: recovered.tail?.reach))
  }

  func bounds() throws(EventLogError) -> LogBounds {
    try state.withLock { state throws(EventLogError) in
      if state.isClosed { throw .closed }
      return bounds(state)
    }
  }

  func bounds(_ state: State) -> LogBounds {
    LogBounds(epoch: epoch, start: state.segments.start ?? state.end, end: state.end)
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
    let end = state.withLock { state in
      state.open = nil
      state.sealed = SealedSegments()
      state.recent.removeAll()
      return state.end
    }
    await surroundings.pool.run { [folder, epoch, files = surroundings.files] in
      let known = DurableEndFile.read(in: folder, of: epoch, files)
      DurableEndFile(offset: end, isExact: true).keep(in: folder, of: epoch, over: known, files)
    }
  }
}
