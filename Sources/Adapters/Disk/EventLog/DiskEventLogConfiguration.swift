/// Settings of the log on disk.
package struct DiskEventLogConfiguration: Sendable {
  /// Folder of the log, made if it is missing; nothing else belongs in it.
  package var folder: String
  /// Partitions that new producers are placed on; more threads of processing, more fsyncs.
  package var partitions: Int
  /// Over how many partitions one stream is spread.
  package var spread: Int
  /// Leave a log's placements as they are, whatever `partitions` and `spread` say; those are for a new log only.
  package var keepsPlacements = false
  /// A segment ends before it would have more bytes. Recovery after a crash reads one segment of each partition.
  package var segmentBytes = 64 << 20
  /// Bytes of segments, over all partitions, that are kept although nobody needs them any more. An index that was set back
  /// to an earlier state (a copy of the file that was put back) finds there what it has to read again; without them it has
  /// a gap, and must be rebuilt.
  package var keepBytes = 256 << 20
  /// Bytes of records a partition that wait to be written, beyond which `append` waits.
  package var queueBytes = 32 << 20
  /// How long `append` waits for room before it answers `.full`.
  package var appendPatience = Duration.seconds(5)
  /// What the sender is told to wait then.
  package var retryAfter = Duration.seconds(1)
  /// The largest record (DESIGN section 4: `message.max.bytes`).
  package var recordBytes = 4 << 20
  /// Bytes of the newest records, over all partitions, kept in memory for the processor.
  package var recentBytes = 16 << 20

  /// - Precondition: `partitions` and `spread` are at least 1, `spread` at most `partitions`.
  package init(folder: String, partitions: Int = 1, spread: Int = 1) {
    precondition(
      partitions >= 1 && spread >= 1 && spread <= partitions, "a spread of \(spread) over \(partitions) partitions")
    self.folder = folder
    self.partitions = partitions
    self.spread = spread
  }
}
