package import Application
package import Domain

/// The directory of a set-up without one: every well-formed name is a tenant, nobody needs a key, and limits are the service's.
package struct EveryTenant: TenantDirectory {
  package init() {}

  package var requiresKeys: Bool { false }

  package func tenant(
    forKey key: String?, naming tenant: TenantID?, to access: TenantAccess
  ) throws(TenantRefusal) -> TenantID {
    tenant ?? .default
  }

  package func limits(of tenant: TenantID) -> TenantLimits { TenantLimits() }
}
