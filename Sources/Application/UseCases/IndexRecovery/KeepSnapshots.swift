import Domain

/// Takes a snapshot of each partition that was committed to since its last, every few minutes and at the end. Of several
/// processes that keep snapshots, whichever holds the lease does.
package actor KeepSnapshots {
  /// What whoever takes them holds, in every process.
  private static var leaseName: String { "index-snapshots" }

  private let ports: IndexRecoveryPorts
  private let holder: Identifier128
  private let snapshots: any PartitionSnapshots
  private let interval: Duration
  /// Commits that the newest snapshot of each partition has, as far as this process knows.
  private var taken: [PartitionID: UInt64] = [:]

  package init(
    ports: IndexRecoveryPorts, configuration: IndexRecoveryConfiguration, snapshots: any PartitionSnapshots
  ) {
    self.ports = ports
    holder = ports.identifiers.next()
    self.snapshots = snapshots
    interval = configuration.snapshotInterval
  }

  /// Works until the task is cancelled; then takes what is due and returns. It is to end after those who commit.
  package func run() async {
    while true {
      do throws(CancellationError) { try await ports.clock.sleep(for: interval) } catch { break }
      await takeDue()
    }
    // In a task of its own: this one is cancelled already.
    await Task {
      await takeDue()
      // What cannot be given back runs out.
      do throws(LeaseError) { try await ports.lease.release(Self.leaseName, holder: holder) } catch {}
    }.value
  }

  /// While it is not known who holds the lease nobody does: then snapshots wait.
  private func isOurs() async -> Bool {
    do throws(LeaseError) {
      return try await ports.lease.acquire(Self.leaseName, holder: holder, for: interval * 2) != nil
    } catch { return false }
  }

  /// What fails is due again the next time: it was told to telemetry.
  private func takeDue() async {
    guard await isOurs() else { return }
    let commits: [PartitionID: UInt64]
    do throws(ChunkIndexError) { commits = try await ports.index.commits() } catch { return }
    for (partition, count) in commits.sorted(by: { $0.key < $1.key }) where taken[partition] != count {
      do throws(PartitionSnapshotError) {
        try await snapshots.take(of: partition)
        taken[partition] = count
      } catch { continue }
    }
  }
}
