package import Domain

/// Copies partitions of the index into the object store.
package struct TakeSnapshots<Codec: BlockCompression>: PartitionSnapshots {
  private let ports: IndexRecoveryPorts
  private let folder: SnapshotFolder
  private let codec: Codec
  private let kept: Int

  package init(ports: IndexRecoveryPorts, configuration: IndexRecoveryConfiguration, codec: Codec) {
    precondition(configuration.snapshotsKept > 0, "a rebuild needs a snapshot")
    self.ports = ports
    self.codec = codec
    kept = configuration.snapshotsKept
    folder = SnapshotFolder(store: ports.store, codecs: BlockCodecs([codec]), configuration: configuration)
  }

  package func take(of partition: PartitionID) async throws(PartitionSnapshotError) {
    do throws(PartitionSnapshotError) { try await copy(partition) } catch {
      switch error {
      case .unavailable(let reason), .rejected(let reason):
        ports.telemetry.record(.snapshotFailed(partition: partition, reason: reason))
      case .cancelled: break
      }
      throw error
    }
  }

  private func copy(_ partition: PartitionID) async throws(PartitionSnapshotError) {
    let start = ports.clock.elapsed()
    // Before the index is read: then it cannot stand behind any of these, unless it was set back.
    var names: [SnapshotName]
    do throws(ObjectStoreError) { names = try await folder.names(of: partition) } catch {
      throw PartitionSnapshotError(error)
    }
    let snapshot: PartitionSnapshot
    do throws(ChunkIndexError) { snapshot = try await ports.index.snapshot(of: partition) } catch {
      throw PartitionSnapshotError(error)
    }
    let name = SnapshotName(snapshot)
    if snapshot.commits == 0 || names.first == name { return }
    if let newest = names.first, newest > name {
      throw .rejected(
        reason: """
          the index stands at commit \(name.commits) of partition \(partition), a snapshot of it at \(newest.commits)\
          \(newest.generation == name.generation ? "" : " of a later generation"): it was set back to an earlier state; \
          run 'cordwood index rebuild'
          """)
    }
    let bytes = await encode(snapshot)
    do throws(ObjectStoreError) { try await ports.store.put(bytes, at: folder.key(name)) } catch {
      throw PartitionSnapshotError(error)
    }
    ports.telemetry.record(
      .snapshotTaken(partition: partition, bytes: bytes.count, duration: ports.clock.elapsed() - start))
    names.insert(name, at: 0)
    await drop(names.dropFirst(kept))
  }

  private func encode(_ snapshot: PartitionSnapshot) async -> [UInt8] {
    await withTaskExecutorPreference(ports.computation) {
      await Self.encode(snapshot, codec)
    }
  }

  @concurrent
  private static func encode(_ snapshot: PartitionSnapshot, _ codec: Codec) async -> [UInt8] {
    SnapshotFormat.encode(snapshot, codec: codec)
  }

  /// Snapshots so old that a rebuild takes them only if all that are kept are damaged. Only these are deleted, never an
  /// object of a flush: the newest snapshot names all that is committed, and one is dropped only once a newer is there.
  private func drop(_ names: ArraySlice<SnapshotName>) async {
    for name in names {
      do throws(ObjectStoreError) { try await ports.store.delete(folder.key(name)) } catch {
        if case .cancelled = error { return }
        ports.telemetry.record(.trouble(area: "index", reason: "an old snapshot cannot be deleted: \(error)"))
        return
      }
    }
  }
}
