import Application

/// A rebuild's progress and report in words.
enum RebuildSummary {
  static func lines(_ report: RebuildReport) -> [String] {
    var lines = [
      "the index is rebuilt: generation \(report.generation), \(report.objectsListed) objects listed, "
        + "\(report.duration / .seconds(1)) s"
    ]
    for partition in report.partitions { lines += self.lines(partition) }
    return lines
  }

  /// How far it is; of what has not begun yet nothing is said.
  static func line(_ progress: RebuildProgress) -> String {
    let listed = "\(progress.objectsListed) objects listed"
    guard progress.partitions > 0 else { return listed }
    return "\(listed), \(progress.partitionsDone) of \(progress.partitions) partitions done, "
      + "\(progress.footersRead) footers read"
  }

  private static func lines(_ partition: RebuildReport.Partition) -> [String] {
    let start = partition.snapshot.map { "the snapshot of commit \($0)" } ?? "no snapshot"
    var lines = [
      "partition \(partition.partition): \(partition.objects) objects up to offset \(partition.watermark); from \(start), "
        + "\(partition.flushes) flushes followed, \(partition.strays) stray objects left out"
    ]
    for snapshot in partition.damagedSnapshots {
      lines.append("  a damaged snapshot was passed over: \(snapshot.key): \(snapshot.reason)")
    }
    for object in partition.unreadable { lines.append("  an object cannot be read: \(object.key): \(object.reason)") }
    if partition.unreached > 0 {
      lines.append(
        "  \(partition.unreached) later flushes cannot be reached: one before them is damaged or missing, or the log had a "
          + "gap that no snapshot holds. Put back what is missing and rebuild again")
    }
    return lines
  }
}
