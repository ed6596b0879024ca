import Application
import Domain

/// What a file of tenants says.
struct TenantTable: Hashable, Sendable {
  struct Key: Hashable, Sendable {
    let tenant: TenantID
    let access: Set<TenantAccess>
  }

  /// By the key's SHA-256. Looking a hash up tells nothing about keys: who could choose hashes at will could reverse SHA-256.
  var keys: [[UInt8]: Key] = [:]
  var limits: [TenantID: TenantLimits] = [:]
  var defaults = TenantLimits()
}
