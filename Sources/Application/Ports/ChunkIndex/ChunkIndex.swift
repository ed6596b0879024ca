package import Domain

/// What objects there are, by partition, tenant and time. Derived data: it can be rebuilt from the objects.
///
/// The partition is the unit of consistency: commits and reads of one partition are atomic and see each other.
package protocol ChunkIndex: RecoverableIndex {
  /// The generation marker; nil if the index is empty or was lost. Without it nothing commits, no answer is complete.
  func generation() async throws(ChunkIndexError) -> Generation?

  /// Writes the first generation marker.
  ///
  /// - Throws: `.alreadyInitialised` if there is one, which is left alone.
  func initialise(_ generation: Generation) async throws(ChunkIndexError)

  /// The time by the index's own clock: a flush asks for it before its first put and gives it back with its commit.
  func time() async throws(ChunkIndexError) -> Timestamp

  /// Commits a flush in one atomic step, or not at all: objects, watermark, head, windows, dead letters.
  ///
  /// - Throws: `.lostRace` if the head is not `commit.parent`, or epoch and watermark are not where the flush began;
  ///   `.wrongGeneration`; `.tooOld` if its first put began more than `FlushCommit.maximumAge` ago.
  func commit(_ commit: FlushCommit) async throws(ChunkIndexError)

  /// Commits a gap in one atomic step, or not at all: watermark, epoch, head, and the gap behind those that are there.
  ///
  /// - Throws: `.lostRace` if the head is not `gap.parent`, or epoch and watermark are not where the gap begins;
  ///   `.wrongGeneration`.
  func commit(_ gap: GapCommit) async throws(ChunkIndexError)

  /// What the owner of a partition starts from. A partition that was never committed to has no head.
  func state(of partition: PartitionID) async throws(ChunkIndexError) -> PartitionState

  /// The chunks of one partition that a query has to read, with the watermark that goes with them: one atomic read.
  func chunks(
    in partition: PartitionID, tenant: TenantID, service: ServiceName?, overlapping range: TimeRange
  ) async throws(ChunkIndexError) -> IndexedChunks

  /// The services of a tenant that have chunks, sorted.
  func services(of tenant: TenantID) async throws(ChunkIndexError) -> [ServiceName]

  /// Which of these dead letters committed flushes have named: those are published, whichever flush wrote them.
  ///
  /// - Parameter ids: A few thousand at most.
  func committedDeadLetters(among ids: [DeadLetterID]) async throws(ChunkIndexError) -> Set<DeadLetterID>

  /// Every object of one partition, in the order in which they were committed.
  func objects(in partition: PartitionID) async throws(ChunkIndexError) -> [ObjectDescriptor]
}
