package import Application
package import Domain
import Threads

/// Leases among the parts of one process.
package final class InProcessLease: Lease {
  private let table = Lock(LeaseTable())
  private let clock: any WallClock

  package init(clock: any WallClock = SystemClock()) { self.clock = clock }

  package func acquire(
    _ name: String, holder: Identifier128, for duration: Duration
  ) async throws(LeaseError) -> LeaseGrant? {
    if Task.isCancelled { throw .cancelled }
    return table.withLock { $0.acquire(name, holder: holder, for: duration, at: clock.elapsed()) }
  }

  package func release(_ name: String, holder: Identifier128) async throws(LeaseError) {
    table.withLock { $0.release(name, holder: holder) }
  }
}
