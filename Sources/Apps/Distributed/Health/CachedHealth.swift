package import Application

/// Asks again only after a while: probes come from several sides, and each question goes to servers elsewhere.
package actor CachedHealth: Health {
  private static let lifetime = Duration.seconds(2)

  private let base: any Health
  private let clock: any WallClock
  private var asked: (time: Duration, answer: Task<([String], [String]), Never>)?

  package init(_ base: any Health, clock: any WallClock) {
    self.base = base
    self.clock = clock
  }

  package func problems() async -> [String] { await answer().0 }

  package func notes() async -> [String] { await answer().1 }

  private func answer() async -> ([String], [String]) {
    let now = clock.elapsed()
    if let asked, now - asked.time < Self.lifetime { return await asked.answer.value }
    let answer = Task { [base] in (await base.problems(), await base.notes()) }
    asked = (now, answer)
    return await answer.value
  }
}
