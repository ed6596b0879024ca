import Application
import Domain
import Threads

extension LogPartition {
  /// What others know of the partition: all below `end` was durable once.
  ///
  /// What a crash seemed to have left at the end of the log turns out to be damage if it reaches so far: the log goes on
  /// behind, and the range cannot be read. Else the log is an older copy.
  func expect(reaches end: UInt64, in epoch: LogEpoch) throws(EventLogError) {
    try state.withLock { state throws(EventLogError) in
      if state.isClosed { throw .closed }
      state.setback = nil
      guard epoch == self.epoch, end > state.end else { return }
      if let reach = state.tailReach, end <= reach, !state.queue.isWriting {
        (state.open, state.end, state.tailReach) = (nil, end, nil)
        return
      }
      let setback = LogSetback(partition: id, place: "'\(folder)'", end: state.end, known: end)
      state.setback = setback
      throw .setBack(setback)
    }
  }

  /// Why the partition takes nothing in; nil if it does.
  var setback: LogSetback? { state.withLock { $0.setback } }
}
