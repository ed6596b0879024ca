package import Domain

/// Why a request is not let in. What it says may be shown to the client: no other tenant's name, no key.
package enum TenantRefusal: Error, Hashable, Sendable {
  /// Keys are configured and none came.
  case keyMissing
  case keyUnknown
  /// The key belongs to another tenant than the one that was named.
  case tenantMismatch(named: TenantID)
}
