@testable import Application
import Domain

/// What becomes of the log: appended to, trimmed by us, cut short by others, replaced.
extension DeliverySimulation {
  /// Where a copy of a message lies in the log.
  struct Copy {
    let epoch: LogEpoch
    let offset: UInt64
    let appended: Timestamp
  }

  var bounds: LogBounds { LogBounds(epoch: epoch, start: UInt64(logStart), end: UInt64(log.count)) }

  mutating func append(_ record: EncodedRecord, _ messages: [String]) {
    let copy = Copy(epoch: epoch, offset: UInt64(log.count), appended: now)
    for message in messages { copies[message, default: []].append(copy) }
    log.append(LogRecord(offset: copy.offset, appended: now, record: record))
  }

  /// The log gives up what is committed where the index cannot lose it.
  mutating func trim() {
    let counted = broken == .trimUnreplicated ? index : replicated
    guard isWhole, counted.epoch == epoch else { return }
    var end = counted.watermark
    if broken == .trimUncommitted {
      end = owners.compactMap(\.ledger).filter { $0.epoch == epoch }.map(\.position).max() ?? 0
    }
    guard end > UInt64(logStart) else { return }
    logStart = min(Int(end), log.count)
    keepSafe(replicated)
    if isExposed { taken[epoch] = UInt64(logStart) }
  }

  /// The log gives up what may be needed.
  mutating func takeByRetention() {
    guard losses.contains(.retention), logStart < log.count else { return }
    logStart += 1 + random.below(log.count - logStart)
    taken[epoch] = UInt64(logStart)
  }

  /// Its folder was deleted, or its topic made anew.
  mutating func replaceLog() {
    guard losses.contains(.log), isEpochKnown else { return }
    taken[epoch] = .max
    epochs += 1
    log = []
    logStart = 0
  }

  /// Whether the log's epoch is known whatever becomes of the index now.
  ///
  /// Epochs are learned by committing to them. Of a log that goes before anything of it was committed for good nobody can
  /// tell that it was another: so far no rule promises anything, and no schedule asks for it. That an old snapshot knows the
  /// epoch is not enough: a rebuild reads the newest, which may have been made of less.
  private var isEpochKnown: Bool {
    (!isWhole || replicated.epoch != nil)
      && rebuilt(from: rebuild?.objects ?? store.mapValues(\.found), as: index.generation).epoch != nil
  }

  /// An operator says that what the old log still had is gone.
  mutating func beginEpoch() {
    guard isWhole, let old = index.epoch, old != epoch, broken != .epochUnchecked else { return }
    flushes += 1
    commit(
      GapCommit(
        partition: Self.partition, generation: index.generation, flush: FlushID(Self.id(2, flushes)),
        parent: index.head, replacing: old, from: index.watermark, times: PartitionState(index).times(until: now),
        by: epoch, from: UInt64(logStart)))
  }

  /// Whether somebody else took this copy before it was committed, and the index says so.
  func isExcused(_ copy: Copy) -> Bool {
    guard copy.offset < taken[copy.epoch] ?? 0 else { return false }
    return index.gaps.contains { gap in
      // A gap to the end of an epoch stands for those behind it, too, that began and ended unseen.
      gap.times.contains(copy.appended)
        && (gap.end == .max || gap.epoch == copy.epoch && (gap.from..<gap.end).contains(copy.offset))
    }
  }
}
