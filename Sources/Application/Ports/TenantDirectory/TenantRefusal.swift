package import Domain

/// Why a request is not let in. What it says may be shown to the client: no other tenant's name, no key.
package enum TenantRefusal: Error, Hashable, Sendable {
  /// Keys are configured and none came.
  case keyMissing
  /// Nobody's key, or no longer one.
  case keyUnknown
  /// The key is there for other things.
  case accessMissing(TenantAccess)
  /// The key belongs to another tenant than the one that was named.
  case tenantMismatch(named: TenantID)
}

extension TenantRefusal: CustomStringConvertible {
  package var description: String {
    switch self {
    case .keyMissing:
      "this server asks for an API key, and the request has none: send it as 'authorization: Bearer <key>'"
    case .keyUnknown: "the API key is not known here"
    case .accessMissing(let access): "the API key does not allow to \(access == .write ? "send events" : "read events")"
    case .tenantMismatch(let tenant): "the API key is not one of tenant '\(tenant)'"
    }
  }
}
