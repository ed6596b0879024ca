/// How much a tenant may send. Nil: as much as it likes.
package struct RateLimit: Hashable, Sendable {
  package let eventsPerSecond: Int?
  package let bytesPerSecond: Int?
  /// What a tenant may send at once after a pause, in time of its rates.
  package let burst: Duration

  package static let unlimited = RateLimit(eventsPerSecond: nil, bytesPerSecond: nil)!  // nothing in it can be wrong

  /// - Parameters:
  ///   - eventsPerSecond: 1 or more.
  ///   - bytesPerSecond: 1 or more.
  ///   - burst: A millisecond to a day.
  /// - Returns: Nil if a value is out of its range.
  package init?(eventsPerSecond: Int?, bytesPerSecond: Int?, burst: Duration = .seconds(2)) {
    guard eventsPerSecond.map({ $0 > 0 }) ?? true, bytesPerSecond.map({ $0 > 0 }) ?? true else { return nil }
    guard burst >= .milliseconds(1), burst <= .seconds(86_400) else { return nil }
    self.eventsPerSecond = eventsPerSecond
    self.bytesPerSecond = bytesPerSecond
    self.burst = burst
  }

  package var isUnlimited: Bool { eventsPerSecond == nil && bytesPerSecond == nil }
}
