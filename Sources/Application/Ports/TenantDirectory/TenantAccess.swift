/// What a request wants to do with a tenant's events.
package enum TenantAccess: String, CaseIterable, Sendable {
  /// Send events.
  case write
  /// Ask for them.
  case read
}
