import Application
import Domain

extension JSONWriter {
  /// What was done for an answer, and what keeps it from being complete: the members `stats`, `complete` and
  /// `incomplete_because`.
  mutating func report(_ report: QueryReport) {
    key("stats")
    beginObject()
    let counts = [
      ("objects_read", report.objectsRead), ("events_scanned", report.eventsScanned),
      ("duration_ms", Int(report.duration.wholeMilliseconds)), ("objects_planned", report.objectsPlanned),
      ("objects_skipped", report.objectsSkipped), ("objects_failed", report.objectsFailed),
      ("bytes_read", report.bytesRead), ("recent_batches", report.recentBatches), ("partitions", report.partitions),
    ]
    for (name, count) in counts {
      key(name)
      integer(count)
    }
    endObject()
    completeness(report.shortfalls)
  }

  /// What keeps an answer from being complete: the members `complete` and `incomplete_because`.
  mutating func completeness(_ shortfalls: [QueryReport.Shortfall]) {
    key("complete")
    bool(shortfalls.isEmpty)
    key("incomplete_because")
    beginArray()
    for shortfall in shortfalls { self.shortfall(shortfall) }
    endArray()
  }

  private mutating func shortfall(_ shortfall: QueryReport.Shortfall) {
    beginObject()
    switch shortfall {
    case .noOwner(let partition, let reason):
      cause("no_owner", "nobody answers for the newest events of partition \(partition): \(reason)", partition)
    case .behind(let partition, let records):
      cause("behind", "partition \(partition) has \(records) acknowledged records that are not read yet", partition)
    case .outOfStep(let partition, let reason):
      cause("out_of_step", "the owner of partition \(partition) and the index differ: \(reason)", partition)
    case .objectFailed(let object, let reason):
      cause("object_failed", "an object could not be read: \(reason)")
      key("object")
      string(object.text)
    case .recordUnreadable(let reason):
      cause("record_unreadable", "an event that is not in an object yet could not be read: \(reason)")
    case .gap(let partition):
      cause("gap", "the log of partition \(partition) lost records within the time asked for", partition)
    case .overBudget(let reason, let time):
      cause("over_budget", "\(reason): what is before \(RFC3339.text(time)) is counted in part or not at all")
    case .indexNotWhole:
      cause(
        "index_not_whole",
        "the index has no generation marker: events may be missing until an operator runs 'cordwood index rebuild'")
    }
    endObject()
  }

  private mutating func cause(_ code: String, _ detail: String, _ partition: PartitionID? = nil) {
    key("code")
    string(code)
    key("detail")
    string(detail)
    if let partition {
      key("partition")
      integer(partition.number)
    }
  }
}
