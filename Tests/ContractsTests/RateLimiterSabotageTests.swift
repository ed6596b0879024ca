import Application
import Domain
import RateLimiterContract
import Testing

@Suite("The contract of rate limiters", .timeLimit(.minutes(1)))
struct RateLimiterSabotageTests {
  @Test("is kept by a right limiter", arguments: RateLimiterPromise.allCases)
  func isKept(_ promise: RateLimiterPromise) async throws { try await check(promise, nil) }

  @Test("notices a wrong limiter", arguments: FaultyLimiter.Fault.allCases)
  func notices(_ fault: FaultyLimiter.Fault) async {
    for promise in fault.broken {
      await withKnownIssue("\(fault) breaks \(promise)") { try await check(promise, fault) }
    }
  }

  @Test("has no promise that nobody can break")
  func isTested() {
    #expect(Set(FaultyLimiter.Fault.allCases.flatMap(\.broken)) == Set(RateLimiterPromise.allCases))
  }

  private func check(_ promise: RateLimiterPromise, _ fault: FaultyLimiter.Fault?) async throws {
    let time = FaultyLimiter.Time()
    try await promise.check(letPass: { await time.advance(by: $0) }) { FaultyLimiter($0, fault, time) }
  }
}

/// A limiter in floating point, with one thing wrong or nothing.
actor FaultyLimiter: RateLimiter {
  enum Fault: String, CaseIterable {
    case refusesAll, admitsAll, countsNoBytes, chargesRefusals, namesTooLittle, namesTooMuch, savesForEver
    case refusesLargeBatches, fillsTooFast, sharesAmongTenants, forgetsWhileItWaits

    var broken: [RateLimiterPromise] {
      switch self {
      case .refusesAll: [.admitsTheBurst, .withoutLimitAdmitsAll]
      case .admitsAll: [.refusesMoreThanTheBurst]
      case .countsNoBytes: [.limitsBytesToo]
      case .chargesRefusals: [.refusalCostsNothing]
      case .namesTooLittle: [.refusalNamesEnoughTime]
      case .namesTooMuch: [.refusalNamesNoMoreTimeThanNeeded]
      case .savesForEver: [.savesUpNoMoreThanTheBurst]
      case .refusesLargeBatches: [.largeBatchIsAdmittedInTheEnd]
      case .fillsTooFast: [.keepsTheRateInTheLongRun]
      case .sharesAmongTenants: [.tenantsAreIndependent]
      case .forgetsWhileItWaits: [.manyCallersShareOneAllowance]
      }
    }
  }

  actor Time {
    private(set) var now = 0.0
    func advance(by duration: Duration) { now += duration.fractionalSeconds }
  }

  private let terms: LimiterTerms
  private let fault: Fault?
  private let time: Time
  private var levels: [String: (events: Double, bytes: Double, at: Double)] = [:]

  init(_ terms: LimiterTerms, _ fault: Fault?, _ time: Time) {
    self.terms = terms
    self.fault = fault
    self.time = time
  }

  func admit(_ tenant: TenantID, events: Int, bytes: Int) async -> Admission {
    if fault == .refusesAll { return .refused(retryAfter: .seconds(1)) }
    guard let eventRate = terms.eventsPerSecond, let byteRate = terms.bytesPerSecond, fault != .admitsAll else {
      return .admitted
    }
    let (burst, key) = (terms.burst.fractionalSeconds, fault == .sharesAmongTenants ? "" : tenant.text)
    let before = levels[key]
    if fault == .forgetsWhileItWaits { for _ in 0..<20 { await Task.yield() } }
    let now = await time.now
    let level =
      (fault == .forgetsWhileItWaits ? before : levels[key]) ?? (Double(eventRate) * burst, Double(byteRate) * burst, 0)
    let gain = (now - level.at) * (fault == .fillsTooFast ? 2 : 1)
    let most = fault == .savesForEver ? .infinity : burst
    let full = (events: Double(eventRate) * most, bytes: Double(byteRate) * most)
    var (eventLevel, byteLevel) = (level.events + gain * Double(eventRate), level.bytes + gain * Double(byteRate))
    (eventLevel, byteLevel) = (min(full.events, eventLevel), min(full.bytes, byteLevel))
    let isLarge = fault != .refusesLargeBatches
    let missing = max(
      ((isLarge ? min(Double(events), full.events) : Double(events)) - eventLevel) / Double(eventRate),
      fault == .countsNoBytes ? 0 : (min(Double(bytes), full.bytes) - byteLevel) / Double(byteRate))
    let isAdmitted = missing <= 1e-6
    if isAdmitted || fault == .chargesRefusals {
      eventLevel -= Double(events)
      byteLevel -= Double(bytes)
    }
    levels[key] = (eventLevel, byteLevel, now)
    if isAdmitted { return .admitted }
    let factor = fault == .namesTooLittle ? 0.5 : fault == .namesTooMuch ? 10 : 1
    return .refused(retryAfter: .nanoseconds(Int64(missing * factor * 1e9) + 1))
  }
}
