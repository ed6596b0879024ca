import Application
import Domain
import LeaseContract
import Synchronization
import Testing

@Suite("The contract of leases", .timeLimit(.minutes(1)))
struct LeaseSabotageTests {
  @Test("is kept by a right lease", arguments: LeasePromise.allCases)
  func isKept(_ promise: LeasePromise) async throws {
    let lease = FaultyLease(nil)
    try await promise.check(on: lease, duration: .seconds(10)) { await lease.advance(by: $0) }
  }

  @Test("notices a wrong lease", arguments: FaultyLease.Fault.allCases)
  func notices(_ fault: FaultyLease.Fault) async {
    for promise in fault.broken {
      await withKnownIssue("\(fault) breaks \(promise)") {
        let lease = FaultyLease(fault)
        try await promise.check(on: lease, duration: .seconds(10)) { await lease.advance(by: $0) }
      }
    }
  }

  @Test("has no promise that nobody can break")
  func isTested() {
    #expect(Set(FaultyLease.Fault.allCases.flatMap(\.broken)) == Set(LeasePromise.allCases))
  }
}

/// A lease with its own time, and with one thing wrong or nothing.
actor FaultyLease: Lease {
  enum Fault: String, CaseIterable {
    case refusesAll, grantsAll, renewsWithANewToken, doesNotProlong, neverEnds, forgetsReleases, letsAnybodyRelease
    case countsPerRound, hasOneName, ignoresCancellation

    var broken: [LeasePromise] {
      switch self {
      case .refusesAll: [.firstGetsIt]
      case .grantsAll: [.secondDoesNot, .oneOfManyGetsIt]
      case .renewsWithANewToken: [.holderRenewsIt]
      case .doesNotProlong: [.renewalProlongsIt]
      case .neverEnds: [.endsByItself]
      case .forgetsReleases: [.releaseLetsTheNextIn]
      case .letsAnybodyRelease: [.releaseByAnotherDoesNothing]
      case .countsPerRound: [.tokenGrowsWithEachHolder]
      case .hasOneName: [.namesAreIndependent]
      case .ignoresCancellation: [.cancelledTaskDoesNotGetIt]
      }
    }
  }

  private let fault: Fault?
  private var held: [String: (holder: Identifier128, token: UInt64, end: Duration)] = [:]
  private var tokens: UInt64 = 0
  private var now = Duration.zero

  init(_ fault: Fault?) { self.fault = fault }

  func advance(by duration: Duration) { now += duration }

  func acquire(_ name: String, holder: Identifier128, for duration: Duration) throws(LeaseError) -> LeaseGrant? {
    if Task.isCancelled, fault != .ignoresCancellation { throw .cancelled }
    if fault == .refusesAll { return nil }
    let name = fault == .hasOneName ? "" : name
    if let holding = held[name], now < holding.end || fault == .neverEnds {
      guard holding.holder == holder || fault == .grantsAll else { return nil }
      if fault == .renewsWithANewToken { tokens += 1 }
      let token = fault == .renewsWithANewToken ? tokens : holding.token
      held[name] = (holder, token, fault == .doesNotProlong ? holding.end : now + duration)
      return LeaseGrant(token: token, duration: duration)
    }
    tokens = fault == .countsPerRound ? 1 : tokens + 1
    held[name] = (holder, tokens, now + duration)
    return LeaseGrant(token: tokens, duration: duration)
  }

  func release(_ name: String, holder: Identifier128) {
    let name = fault == .hasOneName ? "" : name
    guard held[name]?.holder == holder || fault == .letsAnybodyRelease, fault != .forgetsReleases else { return }
    held[name] = nil
  }
}
