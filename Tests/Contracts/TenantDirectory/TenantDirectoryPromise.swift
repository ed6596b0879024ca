import Application
import Domain
import Testing

/// What every directory with keys promises.
package enum TenantDirectoryPromise: String, CaseIterable, Sendable {
  case keyDecides, namesOwnTenant, refusesOtherName, refusesUnknownKey, refusesNoKey, refusesWrongAccess
  case refusesLongKey, withoutKeysNamesDecide, withoutKeysNoNameIsDefault, saysWhetherKeysAreNeeded
  case limitsOfTenant, limitsFromDefaults, limitsOfUnknownTenant, refusalsTellNothing

  package func check(on stage: TenantDirectoryStage) throws {
    let directory = stage.directory
    let acme = try TenantID("acme")
    let other = try TenantID("other")
    switch self {
    case .keyDecides:
      #expect(try directory.tenant(forKey: "acme-both", naming: nil, to: .write) == acme)
      #expect(try directory.tenant(forKey: "other-both", naming: nil, to: .read) == other)
    case .namesOwnTenant: #expect(try directory.tenant(forKey: "acme-both", naming: acme, to: .read) == acme)
    case .refusesOtherName:
      #expect(throws: TenantRefusal.tenantMismatch(named: other)) {
        try directory.tenant(forKey: "acme-both", naming: other, to: .write)
      }
    case .refusesUnknownKey:
      for key in ["acme-bot", "acme-both2", "", "ACME-BOTH", " acme-both"] {
        #expect(throws: TenantRefusal.keyUnknown) { try directory.tenant(forKey: key, naming: acme, to: .write) }
      }
    case .refusesNoKey:
      #expect(throws: TenantRefusal.keyMissing) { try directory.tenant(forKey: nil, naming: acme, to: .write) }
      #expect(throws: TenantRefusal.keyMissing) { try directory.tenant(forKey: nil, naming: nil, to: .read) }
    case .refusesWrongAccess:
      #expect(throws: TenantRefusal.accessMissing(.read)) {
        try directory.tenant(forKey: "acme-send", naming: nil, to: .read)
      }
      #expect(throws: TenantRefusal.accessMissing(.write)) {
        try directory.tenant(forKey: "acme-ask", naming: nil, to: .write)
      }
      #expect(try directory.tenant(forKey: "acme-send", naming: nil, to: .write) == acme)
      #expect(try directory.tenant(forKey: "acme-ask", naming: nil, to: .read) == acme)
    case .refusesLongKey:
      let key = String(repeating: "k", count: TenantKey.maximumBytes + 1)
      #expect(throws: TenantRefusal.keyUnknown) { try directory.tenant(forKey: key, naming: nil, to: .write) }
    case .withoutKeysNamesDecide:
      let unheardOf = try TenantID("unheard-of")
      #expect(try stage.withoutKeys.tenant(forKey: nil, naming: unheardOf, to: .write) == unheardOf)
    case .withoutKeysNoNameIsDefault:
      #expect(try stage.withoutKeys.tenant(forKey: nil, naming: nil, to: .write) == .default)
    case .saysWhetherKeysAreNeeded:
      #expect(directory.requiresKeys)
      #expect(!stage.withoutKeys.requiresKeys)
    case .limitsOfTenant:
      let limits = directory.limits(of: acme)
      #expect(limits.eventsPerSecond == 100)
      #expect(limits.retention == .seconds(30 * 86_400))
    case .limitsFromDefaults:
      #expect(directory.limits(of: acme).bytesPerSecond == 7)
      #expect(directory.limits(of: other) == TenantLimits(bytesPerSecond: 7))
    case .limitsOfUnknownTenant:
      #expect(directory.limits(of: try TenantID("unheard-of")) == TenantLimits(bytesPerSecond: 7))
    case .refusalsTellNothing:
      for (key, tenant) in [("secret-key-1", acme), ("acme-both", other)] {
        let refusal = #expect(throws: TenantRefusal.self) {
          try directory.tenant(forKey: key, naming: tenant, to: .read)
        }
        let words = try #require(refusal).description
        #expect(!words.contains(key), "a refusal shows the key")
        #expect(!words.contains("acme") || tenant == acme, "a refusal shows whose key it is")
      }
    }
  }
}
