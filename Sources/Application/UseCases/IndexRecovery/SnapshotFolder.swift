import Domain

/// The snapshots in the object store.
struct SnapshotFolder: Sendable {
  let store: any ObjectStore
  let codecs: BlockCodecs
  let configuration: IndexRecoveryConfiguration

  /// What became of reading one.
  enum Reading: Sendable {
    case whole(PartitionSnapshot)
    /// It is not there any more, or its bytes are not what was written.
    case damaged(RebuildReport.Unreadable)
  }

  /// Snapshots of one partition, newest first.
  func names(of partition: PartitionID) async throws(ObjectStoreError) -> [SnapshotName] {
    try await names(below: SnapshotName.folder(prefix: configuration.prefix, partition))
  }

  /// Snapshots of all partitions, newest first.
  func names() async throws(ObjectStoreError) -> [SnapshotName] {
    try await names(below: SnapshotName.folder(prefix: configuration.prefix))
  }

  private func names(below folder: String) async throws(ObjectStoreError) -> [SnapshotName] {
    var names: [SnapshotName] = []
    var page: String?
    repeat {
      let listing = try await store.list(below: folder, page: page, limit: configuration.listingPage)
      names += listing.keys.compactMap { SnapshotName($0, prefix: configuration.prefix) }
      page = listing.next
    } while page != nil
    return names.sorted(by: >)
  }

  func key(_ name: SnapshotName) -> ObjectKey { name.key(prefix: configuration.prefix) }

  /// - Throws: If it cannot be read now; or `.rejected` if a newer build wrote it: to pass over it would lose what only it
  ///   holds.
  @concurrent
  func read(_ name: SnapshotName) async throws(IndexOperationError) -> Reading {
    let key = key(name)
    let bytes: [UInt8]
    do throws(ObjectStoreError) { bytes = try await store.get(key, limit: configuration.snapshotBytes) } catch {
      switch error {
      case .notFound, .tooLarge: return .damaged(.init(key: key, reason: "\(error)"))
      default: throw IndexOperationError(error)
      }
    }
    do throws(DecodingError) {
      let snapshot = try SnapshotFormat.decode(bytes.span, codecs: codecs)
      if SnapshotName(snapshot) == name { return .whole(snapshot) }
      return .damaged(.init(key: key, reason: "it holds another snapshot than its name says"))
    } catch {
      if error.kind == .unsupportedVersion { throw .rejected(reason: "snapshot '\(key)': \(error)") }
      return .damaged(.init(key: key, reason: error.description))
    }
  }
}
