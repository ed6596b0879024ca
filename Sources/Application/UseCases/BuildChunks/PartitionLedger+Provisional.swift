import Domain

/// Owning a partition while the index is away: what is read can be asked for, and is never flushed.
extension PartitionLedger {
  /// Begins with what is left of the index if that fits the log, else with the oldest record there is.
  ///
  /// Its windows may lack what was committed, so that it takes repeats of that for new.
  ///
  /// - Parameter state: What can still be read of the index; empty if nothing can.
  static func provisional(
    of partition: PartitionID, _ bounds: LogBounds, left state: PartitionState
  ) -> PartitionLedger {
    let fits = (state.epoch == nil || state.epoch == bounds.epoch) && state.watermark <= bounds.end
    return PartitionLedger(
      partition: partition, generation: .none, epoch: bounds.epoch,
      state: PartitionState(
        epoch: bounds.epoch, watermark: fits ? max(state.watermark, bounds.start) : bounds.start,
        head: fits ? state.head : nil, windows: fits ? state.windows : [:], gaps: fits ? state.gaps : []))
  }

  var isProvisional: Bool { generation == .none }
}

extension Generation {
  /// No index has it: ordinals begin at 1.
  fileprivate static let none = Generation(ordinal: 0, random: Identifier128(high: 0, low: 0))
}
