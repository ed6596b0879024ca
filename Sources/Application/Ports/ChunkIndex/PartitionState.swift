package import Domain

/// Where a partition stands in the index.
package struct PartitionState: Hashable, Sendable {
  /// Nil before the first commit.
  package let epoch: LogEpoch?
  /// The offset below which everything is in committed objects.
  package let watermark: UInt64
  /// The newest flush; nil before the first.
  package let head: FlushID?
  /// Windows that were not dropped for age.
  package let windows: [WindowKey: SequenceWindow]
  /// In the order of their commits.
  package let gaps: [Gap]

  package init(
    epoch: LogEpoch?, watermark: UInt64, head: FlushID?, windows: [WindowKey: SequenceWindow], gaps: [Gap]
  ) {
    self.epoch = epoch
    self.watermark = watermark
    self.head = head
    self.windows = windows
    self.gaps = gaps
  }

  /// Whether the newest commit may be that of a gap: then no flush is to be built on it before a snapshot holds it.
  ///
  /// In the epoch that a replaced log began it is always true: the gap does not say where that one started.
  package var standsOnGap: Bool {
    guard let last = gaps.last else { return false }
    return last.epoch != epoch || last.end == watermark
  }

  /// Between which append times records came that lie behind this and are lost: from the newest that the windows know, but
  /// for those that have expired, to `end`.
  func times(until end: Timestamp) -> ClosedRange<Timestamp> {
    let earliest = windows.values.map(\.lastAppend).max() ?? .distantPast
    return earliest...max(earliest, end)
  }

  package static let empty = PartitionState(epoch: nil, watermark: 0, head: nil, windows: [:], gaps: [])
}
