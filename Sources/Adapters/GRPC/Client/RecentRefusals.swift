import Application
import Domain

/// What those said who were asked about a partition and did not answer.
struct RecentRefusals {
  private var stopped: RecentEventsError?
  private var trouble: RecentEventsError?

  mutating func note(_ error: RecentEventsError) {
    switch error {
    case .stopped: stopped = stopped ?? error
    case .unavailable: trouble = trouble ?? error
    case .noOwner, .cancelled: break
    }
  }

  /// The most certain of it: an owner that stopped, then one that may own the partition and cannot be asked, then that nobody
  /// owns it.
  func verdict(about partition: PartitionID) -> RecentEventsError { stopped ?? trouble ?? .noOwner(partition) }
}
