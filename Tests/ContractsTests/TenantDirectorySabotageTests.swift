import Application
import Domain
import TenantDirectoryContract
import Testing

@Suite("The contract of tenant directories")
struct TenantDirectorySabotageTests {
  @Test("is kept by a right directory", arguments: TenantDirectoryPromise.allCases)
  func isKept(_ promise: TenantDirectoryPromise) throws { try check(promise, nil) }

  @Test("notices a wrong directory", arguments: FaultyTenants.Fault.allCases)
  func notices(_ fault: FaultyTenants.Fault) {
    // The issue is what is wanted: a promise that lets a wrong directory pass fails here.
    for promise in fault.broken { withKnownIssue("\(fault) breaks \(promise)") { try check(promise, fault) } }
  }

  @Test("has no promise that nobody can break")
  func isTested() {
    #expect(Set(FaultyTenants.Fault.allCases.flatMap(\.broken)) == Set(TenantDirectoryPromise.allCases))
  }

  private func check(_ promise: TenantDirectoryPromise, _ fault: FaultyTenants.Fault?) throws {
    try promise.check(
      on: TenantDirectoryStage(
        directory: FaultyTenants(hasKeys: true, fault), withoutKeys: FaultyTenants(hasKeys: false, fault)))
  }
}

/// A directory of the contract's tenants, with one thing wrong or nothing.
struct FaultyTenants: TenantDirectory {
  enum Fault: String, CaseIterable {
    case nameDecides, refusesNames, takesAnyName, takesAnyKey, takesNoKey, ignoresAccess, readsLongKeys
    case knowsNobodyWithoutKeys, hasNoDefault, alwaysNeedsKeys, hasNoLimits, hasNoDefaults, refusesUnknown, showsKeys

    var broken: [TenantDirectoryPromise] {
      switch self {
      case .nameDecides: [.keyDecides]
      case .refusesNames: [.namesOwnTenant]
      case .takesAnyName: [.refusesOtherName]
      case .takesAnyKey: [.refusesUnknownKey]
      case .takesNoKey: [.refusesNoKey]
      case .ignoresAccess: [.refusesWrongAccess]
      case .readsLongKeys: [.refusesLongKey]
      case .knowsNobodyWithoutKeys: [.withoutKeysNamesDecide]
      case .hasNoDefault: [.withoutKeysNoNameIsDefault]
      case .alwaysNeedsKeys: [.saysWhetherKeysAreNeeded]
      case .hasNoLimits: [.limitsOfTenant]
      case .hasNoDefaults: [.limitsFromDefaults]
      case .refusesUnknown: [.limitsOfUnknownTenant]
      case .showsKeys: [.refusalsTellNothing]
      }
    }
  }

  private static let keys: [String: (String, Set<TenantAccess>)] = [
    "acme-both": ("acme", [.read, .write]), "acme-send": ("acme", [.write]), "acme-ask": ("acme", [.read]),
    "other-both": ("other", [.read, .write]),
  ]

  private let hasKeys: Bool
  private let fault: Fault?

  init(hasKeys: Bool, _ fault: Fault?) {
    self.hasKeys = hasKeys
    self.fault = fault
  }

  var requiresKeys: Bool { hasKeys || fault == .alwaysNeedsKeys }

  func tenant(
    forKey key: String?, naming tenant: TenantID?, to access: TenantAccess
  ) throws(TenantRefusal) -> TenantID {
    guard hasKeys else {
      if fault == .knowsNobodyWithoutKeys, tenant != nil { throw .keyMissing }
      if fault == .hasNoDefault, tenant == nil { throw .keyMissing }
      return tenant ?? .default
    }
    guard let key else {
      if fault == .takesNoKey { return tenant ?? .default }
      throw .keyMissing
    }
    if fault == .showsKeys { throw .tenantMismatch(named: Self.tenant(key)) }
    if key.utf8.count > TenantKey.maximumBytes, fault == .readsLongKeys { return .default }
    guard let (name, allowed) = Self.keys[key] else {
      if fault == .takesAnyKey { return tenant ?? .default }
      throw .keyUnknown
    }
    let owner = Self.tenant(name)
    if fault == .nameDecides { return tenant ?? .default }
    if fault == .refusesNames, let tenant { throw .tenantMismatch(named: tenant) }
    if let tenant, tenant != owner, fault != .takesAnyName { throw .tenantMismatch(named: tenant) }
    guard allowed.contains(access) || fault == .ignoresAccess else { throw .accessMissing(access) }
    return owner
  }

  func limits(of tenant: TenantID) -> TenantLimits {
    let defaults = fault == .hasNoDefaults ? TenantLimits() : TenantLimits(bytesPerSecond: 7)
    switch tenant.text {
    case "acme" where fault != .hasNoLimits:
      return TenantLimits(eventsPerSecond: 100, retention: .seconds(30 * 86_400)).filled(from: defaults)
    case "acme", "other": return defaults
    default: return fault == .refusesUnknown ? TenantLimits(eventsPerSecond: 0) : defaults
    }
  }

  private static func tenant(_ name: String) -> TenantID {
    do { return try TenantID(name) } catch { return .default }
  }
}
