package import Domain

/// The part of a `ChunkIndex` that copies are taken of, and that a rebuild fills (DESIGN section 4, rules 8 and 9).
///
/// A rebuild takes the marker away, stages what it found partition by partition, and switches in one step. Until then
/// nobody sees what is staged, and a crash leaves an index without a marker: what it held before is there to be read,
/// nothing commits, and no answer is complete.
package protocol RecoverableIndex: Sendable {
  /// How many commits each partition has taken; those without one are not in it. Cheap: no windows and objects are read.
  func commits() async throws(ChunkIndexError) -> [PartitionID: UInt64]

  /// All that the index holds of a partition: one atomic read. Empty for one that was never committed to.
  ///
  /// - Throws: `.wrongGeneration` if there is no marker: what may not be whole must not become a snapshot.
  func snapshot(of partition: PartitionID) async throws(ChunkIndexError) -> PartitionSnapshot

  /// Begins a rebuild that will give the index this generation: takes the marker away and drops what another rebuild has
  /// staged, which thereby is lost.
  ///
  /// Storage that is gone, was replaced or is damaged is moved aside and made anew, empty.
  func beginRebuild(as generation: Generation) async throws(ChunkIndexError)

  /// Keeps what a rebuild found of one partition for `finishRebuild`; takes the place of what was staged for it before.
  ///
  /// - Parameter snapshot: Of the generation that was given to `beginRebuild`.
  /// - Throws: `.wrongGeneration` if another rebuild has begun since, or this one is finished.
  func stage(_ snapshot: PartitionSnapshot) async throws(ChunkIndexError)

  /// Replaces all that the index holds by what is staged, and writes the marker: one atomic step. Partitions for which
  /// nothing was staged are empty then.
  ///
  /// - Throws: `.wrongGeneration` if another rebuild has begun since, or the index has a marker; nothing is changed.
  func finishRebuild(as generation: Generation) async throws(ChunkIndexError)
}
