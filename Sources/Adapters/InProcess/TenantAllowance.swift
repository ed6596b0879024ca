import Application

/// What one tenant may send just now.
struct TenantAllowance: Hashable, Sendable {
  private var events: TokenBucket?
  private var bytes: TokenBucket?

  init(_ limit: RateLimit, at now: Duration) {
    events = limit.eventsPerSecond.map { TokenBucket(rate: $0, burst: limit.burst, at: now) }
    bytes = limit.bytesPerSecond.map { TokenBucket(rate: $0, burst: limit.burst, at: now) }
  }

  /// Charges both or neither.
  mutating func admit(events eventCount: Int, bytes byteCount: Int, at now: Duration) -> Admission {
    let wait = max(
      events?.wait(for: eventCount, at: now) ?? .zero,
      bytes?.wait(for: byteCount, at: now) ?? .zero)
    if wait > .zero { return .refused(retryAfter: wait) }
    events?.spend(eventCount, at: now)
    bytes?.spend(byteCount, at: now)
    return .admitted
  }

  /// How long it takes until nothing tells it from a new one.
  mutating func timeUntilFull(at now: Duration) -> Duration {
    max(events?.timeUntilFull(at: now) ?? .zero, bytes?.timeUntilFull(at: now) ?? .zero)
  }
}
