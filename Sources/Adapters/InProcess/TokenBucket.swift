import Domain

/// How much may be spent just now of something that comes at a steady rate and can be saved up to a bound.
///
/// It begins full. A cost above what it holds at most is admitted when it is full, and leaves a debt: so nothing is
/// refused for ever, and the rate in the long run is still kept. Times are `WallClock.elapsed`, which never goes back.
struct TokenBucket: Hashable, Sendable {
  /// What one unit of cost is divided into, so that a refill of one nanosecond is a whole number. With 128 bits nothing
  /// overflows: a rate times a time is below 2^126.
  private static let partsPerUnit: Int128 = 1_000_000_000

  /// Units a second, which is parts a nanosecond.
  private let rate: Int128
  private let capacity: Int128
  /// At most `capacity`; below zero after a cost above it.
  private var level: Int128
  private var refilled: Duration

  init(rate: Int, burst: Duration, at now: Duration) {
    self.rate = Int128(rate)
    capacity = max(Self.partsPerUnit, Int128(rate) * Int128(burst.wholeNanoseconds))
    level = capacity
    refilled = now
  }

  /// How long it takes until `cost` may be spent; zero if it may be now.
  mutating func wait(for cost: Int, at now: Duration) -> Duration {
    refill(at: now)
    return time(until: min(capacity, Int128(cost) * Self.partsPerUnit))
  }

  /// Spends without asking.
  mutating func spend(_ cost: Int, at now: Duration) {
    refill(at: now)
    level -= Int128(cost) * Self.partsPerUnit
  }

  /// How long it takes until nothing tells it from a new one.
  mutating func timeUntilFull(at now: Duration) -> Duration {
    refill(at: now)
    return time(until: capacity)
  }

  private mutating func refill(at now: Duration) {
    level = min(capacity, level + rate * Int128((now - refilled).wholeNanoseconds))
    refilled = now
  }

  private func time(until target: Int128) -> Duration {
    guard level < target else { return .zero }
    return .nanoseconds(Int64(clamping: (target - level + rate - 1) / rate))
  }
}
