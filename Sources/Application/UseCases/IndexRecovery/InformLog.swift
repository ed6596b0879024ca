package import Domain

/// Tells the log, before anything is appended, up to where index and snapshots know that it was durable: an older copy of the
/// log that somebody put in its place then takes nothing in (DESIGN section 4, rule 7).
///
/// Without it a batch could be acknowledged under an offset that is committed already, and would never be read.
package struct InformLog: Sendable {
  private let ports: IndexRecoveryPorts
  private let folder: SnapshotFolder

  /// - Parameter codecs: Read the snapshots that are there.
  package init(ports: IndexRecoveryPorts, configuration: IndexRecoveryConfiguration, codecs: BlockCodecs) {
    self.ports = ports
    folder = SnapshotFolder(store: ports.store, codecs: codecs, configuration: configuration)
  }

  /// Never fails: what cannot be read says nothing, and whoever needs it tells of that.
  package func run() async {
    let partitions: [PartitionID]
    do throws(EventLogError) { partitions = try await ports.log.partitions() } catch { return }
    // It says this of all partitions at once: asked until it answers, then not again.
    var commits: Commits?
    for partition in partitions {
      if commits == nil { commits = await self.commits() }
      // A snapshot that is read knows more than the index.
      if let commits, let known = await snapshot(of: partition, beyond: commits) {
        await tell(partition, known)
      } else if let known = await indexed(partition) {
        await tell(partition, known)
      }
    }
  }

  private func tell(_ partition: PartitionID, _ known: Known) async {
    guard let epoch = known.epoch else { return }
    do throws(EventLogError) { try await ports.log.expect(partition, reaches: known.watermark, in: epoch) } catch {
      if case .setBack(let setback) = error {
        ports.telemetry.record(.trouble(area: "log", reason: setback.description))
      }
    }
  }

  private typealias Known = (epoch: LogEpoch?, watermark: UInt64)

  private func indexed(_ partition: PartitionID) async -> Known? {
    do throws(ChunkIndexError) {
      guard try await ports.index.generation() != nil else { return nil }
      let state = try await ports.index.state(of: partition)
      return (state.epoch, state.watermark)
    } catch { return nil }
  }

  /// Only one that is newer than the index: reading one takes as long as the index is large.
  private func snapshot(of partition: PartitionID, beyond commits: Commits) async -> Known? {
    do {
      guard let newest = try await folder.names(of: partition).first, commits.lack(newest) else { return nil }
      guard case .whole(let snapshot) = try await folder.read(newest) else { return nil }
      return (snapshot.epoch, snapshot.watermark)
    } catch { return nil }
  }

  /// Nil if the index does not answer.
  private func commits() async -> Commits? {
    do throws(ChunkIndexError) {
      guard let generation = try await ports.index.generation() else { return Commits(generation: nil, counts: [:]) }
      return Commits(generation: generation, counts: try await ports.index.commits())
    } catch { return nil }
  }

  /// How far the index is.
  private struct Commits {
    /// Nil: it is not whole, and any snapshot knows more.
    let generation: Generation?
    let counts: [PartitionID: UInt64]

    func lack(_ name: SnapshotName) -> Bool {
      guard let generation else { return true }
      return name
        > SnapshotName(partition: name.partition, generation: generation, commits: counts[name.partition] ?? 0)
    }
  }
}
