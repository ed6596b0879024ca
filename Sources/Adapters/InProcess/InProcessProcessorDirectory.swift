package import Application
package import Domain
import Threads

/// The processors among the parts of one process.
package final class InProcessProcessorDirectory: ProcessorDirectory {
  private struct Announcement {
    let entry: ProcessorEntry
    /// `WallClock.elapsed`.
    let end: Duration
  }

  private let announcements = Lock<[Identifier128: Announcement]>([:])
  private let clock: any WallClock

  package init(clock: any WallClock = SystemClock()) { self.clock = clock }

  package func announce(
    _ processor: ProcessorEntry, for lifetime: Duration
  ) async throws(ProcessorDirectoryError) {
    if Task.isCancelled { throw .cancelled }
    let now = clock.elapsed()
    announcements.withLock { announcements in
      announcements = announcements.filter { now < $0.value.end }
      announcements[processor.processor] = Announcement(entry: processor, end: now + lifetime)
    }
  }

  package func withdraw(_ processor: Identifier128) async throws(ProcessorDirectoryError) {
    announcements.withLock { $0[processor] = nil }
  }

  package func processors() async throws(ProcessorDirectoryError) -> [ProcessorEntry] {
    if Task.isCancelled { throw .cancelled }
    let now = clock.elapsed()
    return announcements.withLock { $0.values.filter { now < $0.end }.map(\.entry) }.latestOwnersFirst
  }
}
