import Domain

/// Which tenants have series of their own: the first ones seen, up to a cap, since anybody may make names up.
struct TenantLabels: Sendable {
  static let other = "other"
  /// Cannot be a tenant: names do not begin with `_`.
  static let unknown = "_unknown"

  private let capacity: Int
  private var known: Set<TenantID> = []

  init(capacity: Int) { self.capacity = capacity }

  mutating func label(_ tenant: TenantID?) -> String {
    guard let tenant else { return Self.unknown }
    if known.contains(tenant) { return tenant.text }
    guard known.count < capacity else { return Self.other }
    known.insert(tenant)
    return tenant.text
  }
}
