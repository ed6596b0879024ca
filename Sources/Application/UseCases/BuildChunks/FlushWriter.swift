import Domain

/// Writes a planned flush: letters and objects first, then one commit (DESIGN section 4, rule 5).
struct FlushWriter<Codec: BlockCompression, Digest: ObjectDigest>: Sendable {
  let ports: BuildChunksPorts
  let encoder: FlushEncoder<Codec, Digest>

  /// What was written.
  struct Outcome: Sendable {
    let objects: Int
    let storedBytes: Int
  }

  /// The index's time, asked before a flush's first put: its commit says how old its objects may be.
  func begin() async throws(PartitionInterruption) -> Timestamp {
    do throws(ChunkIndexError) { return try await ports.index.time() } catch { throw PartitionInterruption(error) }
  }

  /// Writes the flush; one that failed with `.retry` can be written again, as the same flush: the same bytes go under the same
  /// keys, and a commit that happened after all is found by its id.
  ///
  /// - Parameter begun: From before the first try.
  /// - Throws: `.lost` if another owner was faster. Objects that were put stay: the loser never deletes.
  @concurrent
  func write(_ flush: PlannedFlush, begun: Timestamp) async throws(PartitionInterruption) -> Outcome {
    let plan = encoder.plan(flush.encodable(for: encoder))
    let letters = flush.letters
    if !letters.isEmpty {
      do throws(DeadLetterQueueError) { try await ports.deadLetters.append(letters) } catch {
        throw PartitionInterruption(error)
      }
    }
    var descriptors: [ObjectDescriptor] = []
    for number in plan.keys.indices {
      let object = encoder.object(number, of: plan)
      do throws(ObjectStoreError) { try await ports.store.put(object.bytes, at: object.descriptor.key) } catch {
        throw PartitionInterruption(error)
      }
      descriptors.append(object.descriptor)
    }
    try await ports.index.commit(flush.id, of: flush.partition) { () async throws(ChunkIndexError) in
      try await ports.index.commit(flush.commit(descriptors, begun: begun))
    }
    return Outcome(objects: descriptors.count, storedBytes: descriptors.reduce(0) { $0 + $1.size })
  }
}
