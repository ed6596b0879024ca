package import Application
import Domain
import Testing

/// What every lease promises. Left open: whether a holder that takes a lease anew after it ended gets a new token, and how
/// soon after its end a lease can be had (within a tenth of its duration).
package enum LeasePromise: String, CaseIterable, Sendable {
  case firstGetsIt, secondDoesNot, holderRenewsIt, renewalProlongsIt, endsByItself
  case releaseLetsTheNextIn, releaseByAnotherDoesNothing, tokenGrowsWithEachHolder, namesAreIndependent
  case oneOfManyGetsIt, cancelledTaskDoesNotGetIt

  /// - Parameters:
  ///   - duration: How long leases are taken for: short where time really passes.
  ///   - letPass: Lets time pass.
  package func check(
    on lease: some Lease, duration: Duration, letPass: @Sendable (Duration) async throws -> Void
  ) async throws {
    let (alice, bob) = (Identifier128(high: 0, low: 0xa11ce), Identifier128(high: 0, low: 0xb0b))
    let name = "collector"
    func take(_ holder: Identifier128, _ name: String = name) async throws -> LeaseGrant? {
      try await lease.acquire(name, holder: holder, for: duration)
    }
    switch self {
    case .firstGetsIt:
      #expect(try await take(alice)?.duration == duration)
    case .secondDoesNot:
      try #require(try await take(alice) != nil)
      #expect(try await take(bob) == nil)
    case .holderRenewsIt:
      let first = try #require(try await take(alice))
      #expect(try await take(alice) == first)
    case .renewalProlongsIt:
      try #require(try await take(alice) != nil)
      try await letPass(duration * 0.6)
      try #require(try await take(alice) != nil)
      try await letPass(duration * 0.6)
      #expect(try await take(bob) == nil)
    case .endsByItself:
      try #require(try await take(alice) != nil)
      try await letPass(duration * 1.1)
      #expect(try await take(bob) != nil)
    case .releaseLetsTheNextIn:
      try #require(try await take(alice) != nil)
      try await lease.release(name, holder: alice)
      #expect(try await take(bob) != nil)
    case .releaseByAnotherDoesNothing:
      try await lease.release(name, holder: bob)
      try #require(try await take(alice) != nil)
      try await lease.release(name, holder: bob)
      #expect(try await take(bob) == nil)
    case .tokenGrowsWithEachHolder: try await checkTokens(lease, duration, letPass, alice, bob)
    case .namesAreIndependent:
      try #require(try await take(alice) != nil)
      #expect(try await take(bob, "compactor") != nil)
      try await lease.release("compactor", holder: bob)
      #expect(try await take(bob) == nil)
    case .oneOfManyGetsIt: await checkRace(lease, name, duration)
    case .cancelledTaskDoesNotGetIt:
      let task = Task {
        while !Task.isCancelled { await Task.yield() }
        return try await lease.acquire(name, holder: alice, for: duration)
      }
      task.cancel()
      await #expect(throws: LeaseError.self) { try await task.value }
      #expect(try await take(bob) != nil)
    }
  }

  private func checkTokens(
    _ lease: some Lease, _ duration: Duration, _ letPass: @Sendable (Duration) async throws -> Void,
    _ alice: Identifier128, _ bob: Identifier128
  ) async throws {
    var tokens: [UInt64] = []
    for round in 0..<4 {
      let holder = round.isMultiple(of: 2) ? alice : bob
      tokens.append(try #require(try await lease.acquire("collector", holder: holder, for: duration)).token)
      if round < 2 { try await lease.release("collector", holder: holder) } else { try await letPass(duration * 1.1) }
    }
    #expect(tokens == tokens.sorted() && Set(tokens).count == 4, "\(tokens)")
  }

  private func checkRace(_ lease: some Lease, _ name: String, _ duration: Duration) async {
    let grants = await withTaskGroup(of: Bool.self) { group in
      for number in 1...32 {
        group.addTask { @concurrent in
          let holder = Identifier128(high: 0, low: UInt64(number))
          return (try? await lease.acquire(name, holder: holder, for: duration)) != nil
        }
      }
      return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
    }
    #expect(grants == 1)
  }
}
