package import Application
import Domain
import Testing

/// What every rate limiter promises. Left open: what becomes of a cost above the burst, beyond that it is admitted after
/// the time that a refusal names.
package enum RateLimiterPromise: String, CaseIterable, Sendable {
  case admitsTheBurst, refusesMoreThanTheBurst, limitsBytesToo, refusalCostsNothing
  case refusalNamesEnoughTime, refusalNamesNoMoreTimeThanNeeded, savesUpNoMoreThanTheBurst
  case largeBatchIsAdmittedInTheEnd, keepsTheRateInTheLongRun, tenantsAreIndependent, withoutLimitAdmitsAll
  case manyCallersShareOneAllowance

  /// - Parameters:
  ///   - letPass: Lets time pass.
  ///   - makeLimiter: A fresh limiter.
  package func check(
    letPass: @escaping @Sendable (Duration) async throws -> Void,
    makeLimiter: (LimiterTerms) async throws -> any RateLimiter
  ) async throws {
    let terms = LimiterTerms(eventsPerSecond: 1_000, bytesPerSecond: 100_000, burst: .seconds(2))
    let limiter = try await makeLimiter(terms)
    let tenant = try TenantID("tenant-1")
    func admit(_ events: Int, _ bytes: Int = 0) async -> Admission {
      await limiter.admit(tenant, events: events, bytes: bytes)
    }
    func refusal(_ events: Int, _ bytes: Int = 0) async throws -> Duration {
      let answer = await admit(events, bytes)
      guard case .refused(let wait) = answer else { throw Missing() }
      #expect(wait > .zero)
      return wait
    }
    switch self {
    case .admitsTheBurst:
      for _ in 0..<20 { #expect(await admit(100, 10_000) == .admitted) }
    case .refusesMoreThanTheBurst:
      _ = await admit(2_000)
      _ = try await refusal(100)
    case .limitsBytesToo:
      _ = await admit(1, 200_000)
      _ = try await refusal(1, 1_000)
    case .refusalCostsNothing:
      _ = await admit(1_900, 190_000)
      for _ in 0..<50 { _ = try await refusal(200, 1) }
      #expect(await admit(90, 9_000) == .admitted)
    case .refusalNamesEnoughTime:
      _ = await admit(2_000)
      try await letPass(try await refusal(700))
      #expect(await admit(700) == .admitted)
    case .refusalNamesNoMoreTimeThanNeeded:
      _ = await admit(2_000)
      try await letPass(try await refusal(1_000) * 0.5)
      _ = try await refusal(1_000)
    case .savesUpNoMoreThanTheBurst:
      try await letPass(.seconds(60))
      _ = await admit(2_000)
      _ = try await refusal(500)
    case .largeBatchIsAdmittedInTheEnd:
      _ = await admit(100)
      try await letPass(try await refusal(5_000))
      #expect(await admit(5_000) == .admitted)
    case .keepsTheRateInTheLongRun: try await checkRate(limiter, tenant, letPass)
    case .tenantsAreIndependent:
      _ = await admit(2_000)
      _ = try await refusal(100)
      #expect(await limiter.admit(try TenantID("tenant-2"), events: 2_000, bytes: 0) == .admitted)
    case .withoutLimitAdmitsAll:
      let unlimited = try await makeLimiter(LimiterTerms(eventsPerSecond: nil, bytesPerSecond: nil, burst: .seconds(2)))
      for _ in 0..<100 { #expect(await unlimited.admit(tenant, events: 1 << 40, bytes: 1 << 50) == .admitted) }
    case .manyCallersShareOneAllowance: try await checkSharing(limiter, tenant)
    }
  }

  private struct Missing: Error {}

  private func checkRate(
    _ limiter: any RateLimiter, _ tenant: TenantID, _ letPass: @Sendable (Duration) async throws -> Void
  ) async throws {
    var admitted = 0
    for _ in 0..<100 {
      while await limiter.admit(tenant, events: 90, bytes: 0) == .admitted { admitted += 90 }
      try await letPass(.milliseconds(250))
    }
    // 25 seconds and the burst, less at most what was left at the end.
    #expect((26_500...27_000).contains(admitted), "\(admitted) events in 25 s at 1000/s with a burst of 2000")
  }

  private func checkSharing(_ limiter: any RateLimiter, _ tenant: TenantID) async throws {
    let admitted = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<16 {
        group.addTask { @concurrent in
          var admitted = 0
          for _ in 0..<50 where await limiter.admit(tenant, events: 10, bytes: 0) == .admitted { admitted += 10 }
          return admitted
        }
      }
      return await group.reduce(0, +)
    }
    // Where time really passes a little more comes in meanwhile.
    #expect((2_000..<4_000).contains(admitted), "8000 events offered to an allowance of 2000: \(admitted) admitted")
  }
}
