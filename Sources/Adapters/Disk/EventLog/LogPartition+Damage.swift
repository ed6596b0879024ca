import Application
import Domain
import Threads

extension LogPartition {
  /// Tells of damage that a reader met, once, and keeps the file for whoever looks after the machine: it gets a second name,
  /// which trimming does not take away. Blocks.
  ///
  /// - Parameter isMissing: The damage is that a file is not there: one without content stands for it.
  func note(_ error: EventLogError, in base: UInt64, isMissing: Bool) {
    guard case .corrupt(_, let offset, let next, let reason) = error,
      state.withLock({ $0.damage.tell(offset) })
    else { return }
    let name = isMissing ? DamagedSegmentName.missing(offset) : DamagedSegmentName.text(base)
    let keeping: String
    do throws(FileError) {
      _ =
        isMissing
        ? try DamagedSegmentName.noteMissing(offset, in: folder, surroundings.files)
        : try DamagedSegmentName.keep(base, in: folder, surroundings.files)
      state.withLock { $0.damage.keep(name) }
      keeping = isMissing ? "'\(folder)/\(name)' reminds of it" : "it is kept as '\(folder)/\(name)'"
    } catch {
      keeping = error.kind == .notFound ? "the file is gone" : "it could not be kept as '\(name)': \(error)"
    }
    surroundings.telemetry.record(
      .logDamaged(partition: id, records: next - offset, reason: "\(reason); \(keeping)"))
    tellDamagedFiles()
  }

  /// The files that are kept since something in them is damaged.
  var damagedFiles: [String] {
    state.withLock { $0.damage.files }.filter { !DamagedSegmentName.isMissing($0) }.sorted().map { folder + "/" + $0 }
  }

  /// The files that stand for segments that were not there.
  var missingFiles: [String] {
    state.withLock { $0.damage.files }.filter(DamagedSegmentName.isMissing).sorted().map { folder + "/" + $0 }
  }

  func tellDamagedFiles() {
    surroundings.telemetry.record(
      .damagedSegments(partition: id, count: state.withLock { $0.damage.files.count }))
  }
}
