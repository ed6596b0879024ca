package import Domain

/// Which times are kept, and which are replaced by the time of receipt (DESIGN section 4, rule 2).
package struct RetimingRule: Hashable, Sendable {
  private let received: Timestamp
  private let earliest: Int64
  private let latest: Int64

  /// - Parameters:
  ///   - maximumAge: Nil for no limit; times before 1970 are replaced all the same.
  package init(received: Timestamp, maximumAge: Duration?, maximumLead: Duration) {
    self.received = received
    let oldest = maximumAge.map { received.advanced(by: .zero - $0).nanoseconds } ?? 0
    earliest = max(0, oldest)
    latest = received.advanced(by: maximumLead).nanoseconds
  }

  /// - Returns: How many events were given the time of receipt.
  package func apply(to events: inout EventColumns) -> Int {
    var count = 0
    for row in 0..<events.count where events.timestamps[row] < earliest || events.timestamps[row] > latest {
      events.replaceTimestamp(at: row, with: received)
      count += 1
    }
    return count
  }
}
