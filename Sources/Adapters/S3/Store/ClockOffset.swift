import Domain
import Threads

/// How far the server's clock is ahead of ours. Signatures are made by the server's, after it refused one made by ours.
final class ClockOffset: Sendable {
  private let offset = Lock(Duration.zero)

  var current: Duration { offset.withLock { $0 } }

  func set(_ value: Duration) { offset.withLock { $0 = value } }
}
