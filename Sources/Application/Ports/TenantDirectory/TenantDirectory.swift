package import Domain

/// Who may send and ask in whose name, and within which limits.
package protocol TenantDirectory: Sendable {
  /// The tenant that a request is for.
  ///
  /// With keys configured the key decides, and a name that differs is refused; without them every well-formed name works
  /// and a request that names none is for `TenantID.default`.
  ///
  /// Costs no I/O and no more than a hash of the key: it is asked for each request and each batch's tenant.
  ///
  /// - Parameters:
  ///   - key: As the client sent it; never logged. At most `TenantKey.maximumBytes`, else refused.
  ///   - tenant: What the request names; nil if it names none.
  func tenant(
    forKey key: String?, naming tenant: TenantID?, to access: TenantAccess
  ) throws(TenantRefusal) -> TenantID

  /// The limits of a tenant: the defaults for one of whom nothing is said.
  func limits(of tenant: TenantID) -> TenantLimits

  /// Whether requests without a key are refused.
  var requiresKeys: Bool { get }
}
