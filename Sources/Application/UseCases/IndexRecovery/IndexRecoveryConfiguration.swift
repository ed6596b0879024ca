/// How snapshots are kept and an index is rebuilt.
package struct IndexRecoveryConfiguration: Hashable, Sendable {
  /// Of all keys: segments joined by `/`, or empty.
  package var prefix = ""
  /// How often a partition that was committed to is copied. What a rebuild has to read grows with it.
  package var snapshotInterval = Duration.seconds(300)
  /// Snapshots of a partition that are kept: a rebuild needs the newest, and the others if that one is damaged.
  package var snapshotsKept = 4
  /// Bytes of a stored snapshot that are read at most.
  package var snapshotBytes = 1 << 30
  /// Keys asked for at once.
  package var listingPage = 1_000
  /// Footers that are read at the same time.
  package var footersInFlight = 8
  /// Bytes of an object's end that are read first: with most, the footer is within.
  package var footerReadBytes = 16 << 10
  /// How long a rebuild keeps others from beginning one after it was last heard of.
  package var leaseTime = Duration.seconds(120)

  package init() {}
}
