import Application
import Composition

/// Keeping snapshots as a service. The first to start and the last to stop, so that the last flush is in one.
struct SnapshotService: Service {
  let name = "snapshots"
  let snapshots: KeepSnapshots

  func run() async throws { await snapshots.run() }
}
