import Domain

/// Makes the index again from snapshots and objects (DESIGN section 4, rule 9).
///
/// The marker goes first, so that nothing is committed that it would not see; then every key is listed, each partition
/// rebuilt, copied into the store as a snapshot and staged; then the index switches. One partition at a time is in memory.
struct RebuildIndex<Codec: BlockCompression>: Sendable {
  let ports: IndexRecoveryPorts
  let configuration: IndexRecoveryConfiguration
  let folder: SnapshotFolder
  let codec: Codec
  /// Called between the steps: tells how far it is, and throws if it must not go on.
  let checkpoint: @Sendable (RebuildProgress) async throws(IndexOperationError) -> Void

  func run() async throws(IndexOperationError) -> RebuildReport {
    let start = ports.clock.elapsed()
    let generation = try await nextGeneration()
    do throws(ChunkIndexError) { try await ports.index.beginRebuild(as: generation) } catch {
      throw IndexOperationError(error)
    }
    var progress = RebuildProgress()
    let survey = try await survey(&progress)
    progress.partitions = survey.partitions.count
    var reports: [RebuildReport.Partition] = []
    for partition in survey.partitions {
      reports.append(try await rebuild(partition, survey, as: generation, &progress))
      progress.partitionsDone += 1
      try await checkpoint(progress)
    }
    do throws(ChunkIndexError) { try await ports.index.finishRebuild(as: generation) } catch {
      throw IndexOperationError(error)
    }
    return RebuildReport(
      generation: generation, partitions: reports, objectsListed: survey.count,
      duration: ports.clock.elapsed() - start)
  }

  /// Above the index's and those of all snapshots.
  func nextGeneration() async throws(IndexOperationError) -> Generation {
    var highest: Generation?
    do throws(ObjectStoreError) { highest = try await folder.names().map(\.generation).max() } catch {
      throw IndexOperationError(error)
    }
    do throws(ChunkIndexError) {
      highest = [highest, try await ports.index.generation()].compactMap { $0 }.max()
    } catch {
      // An index that cannot be read has no say.
      if case .cancelled = error { throw .cancelled }
    }
    let random = ports.identifiers.next()
    return highest?.next(random: random) ?? .first(random: random)
  }

  private func survey(_ progress: inout RebuildProgress) async throws(IndexOperationError) -> ObjectSurvey {
    var survey = ObjectSurvey()
    var page: String?
    repeat {
      let listing: ObjectListing
      do throws(ObjectStoreError) {
        listing = try await ports.store.list(
          below: configuration.prefix, page: page, limit: configuration.listingPage)
      } catch { throw IndexOperationError(error) }
      for key in listing.keys { survey.add(key, prefix: configuration.prefix) }
      page = listing.next
      progress.objectsListed = survey.count
      try await checkpoint(progress)
    } while page != nil
    return survey
  }

  private func rebuild(
    _ partition: PartitionID, _ survey: ObjectSurvey, as generation: Generation, _ progress: inout RebuildProgress
  ) async throws(IndexOperationError) -> RebuildReport.Partition {
    var report = RebuildReport.Partition(partition: partition)
    let base = try await newestSnapshot(survey.snapshots[partition] ?? [], &report)
    report.snapshot = base?.commits
    var rebuild = PartitionRebuild(from: base ?? .empty(partition, generation), report: report)
    var wanted: [ObjectKey] = []
    for (key, name) in survey.objects[partition] ?? [] where rebuild.wants(key, name) { wanted.append(key) }
    let reader = FooterReader(store: ports.store, configuration: configuration)
    for start in stride(from: 0, to: wanted.count, by: configuration.footersInFlight) {
      let keys = wanted[start..<min(start + configuration.footersInFlight, wanted.count)]
      for (key, reading) in zip(keys, try await reader.read(keys)) { rebuild.add(key, reading) }
      progress.footersRead += keys.count
      try await checkpoint(progress)
    }
    let snapshot = rebuild.finish(as: generation)
    if snapshot.head != nil { try await store(snapshot) }
    return rebuild.report
  }

  private func newestSnapshot(
    _ names: [SnapshotName], _ report: inout RebuildReport.Partition
  ) async throws(IndexOperationError) -> PartitionSnapshot? {
    for name in names.sorted(by: >) {
      switch try await folder.read(name) {
      case .whole(let snapshot): return snapshot
      case .damaged(let unreadable): report.damagedSnapshots.append(unreadable)
      }
    }
    return nil
  }

  /// Its snapshot before the switch: an index that is lost right after it can be rebuilt from there.
  private func store(_ snapshot: PartitionSnapshot) async throws(IndexOperationError) {
    let bytes = SnapshotFormat.encode(snapshot, codec: codec)
    do throws(ObjectStoreError) {
      try await ports.store.put(bytes, at: folder.key(SnapshotName(snapshot)))
    } catch { throw IndexOperationError(error) }
    do throws(ChunkIndexError) { try await ports.index.stage(snapshot) } catch { throw IndexOperationError(error) }
  }
}
