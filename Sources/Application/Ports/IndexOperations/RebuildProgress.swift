/// How far a rebuild is.
package struct RebuildProgress: Hashable, Sendable {
  package var objectsListed = 0
  /// Partitions that were found in snapshots and objects; 0 until all are listed.
  package var partitions = 0
  package var partitionsDone = 0
  package var footersRead = 0

  package init() {}
}
