import Application
import Domain

/// Who holds which lease until when. Times are `WallClock.elapsed`.
///
/// A name is free, or held by one holder; it becomes free by `release` of that holder or when its time has passed. Tokens
/// come from one counter for all names: each change of holder gets a higher one.
struct LeaseTable: Sendable {
  private struct Holding {
    let holder: Identifier128
    let token: UInt64
    var end: Duration
  }

  private var holdings: [String: Holding] = [:]
  private var lastToken: UInt64 = 0

  mutating func acquire(
    _ name: String, holder: Identifier128, for duration: Duration, at now: Duration
  ) -> LeaseGrant? {
    if var holding = holdings[name], now < holding.end {
      guard holding.holder == holder else { return nil }
      holding.end = now + duration
      holdings[name] = holding
      return LeaseGrant(token: holding.token, duration: duration)
    }
    lastToken += 1
    holdings[name] = Holding(holder: holder, token: lastToken, end: now + duration)
    return LeaseGrant(token: lastToken, duration: duration)
  }

  mutating func release(_ name: String, holder: Identifier128) {
    if holdings[name]?.holder == holder { holdings[name] = nil }
  }
}
