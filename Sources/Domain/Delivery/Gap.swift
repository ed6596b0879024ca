/// A range of offsets that the log lost before it was committed (DESIGN section 4, rules 6 and 7).
package struct Gap: Hashable, Sendable {
  package let epoch: LogEpoch
  package let from: UInt64
  /// Not included; `UInt64.max` for "to the end of that epoch".
  package let end: UInt64
  /// Append times on both sides, as far as they are known.
  package let times: ClosedRange<Timestamp>

  package init(epoch: LogEpoch, from: UInt64, end: UInt64, times: ClosedRange<Timestamp>) {
    self.epoch = epoch
    self.from = from
    self.end = end
    self.times = times
  }
}
