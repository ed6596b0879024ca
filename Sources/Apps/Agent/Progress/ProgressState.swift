import Application

/// What is known of a running command, put together from what it told.
struct ProgressState: Sendable {
  enum Phase: Equatable, Sendable {
    case connecting
    case skipping(bytes: UInt64)
    case sending
  }

  private(set) var phase = Phase.connecting
  private(set) var counts = DeliveryCounts()
  private(set) var position = 0
  private(set) var size: Int?
  /// Why nothing goes on; nil when something does.
  private(set) var trouble: String?

  mutating func update(_ progress: DeliveryProgress) {
    switch progress {
    case .connecting: phase = .connecting
    case .connected:
      phase = .sending
      trouble = nil
    case .skipping(let bytes):
      phase = .skipping(bytes: bytes)
      trouble = nil
    case .advanced(let counts, let position, let size):
      phase = .sending
      if counts.settledEvents > self.counts.settledEvents { trouble = nil }
      self.counts = counts
      self.position = position
      self.size = size
    case .retrying(let reason, let delay): trouble = "\(reason); trying again in \(delay.brief)"
    }
  }

  /// Why the last attempt to reach a server failed.
  mutating func unanswered(_ reason: String) {
    if phase == .connecting { trouble = reason }
  }
}
