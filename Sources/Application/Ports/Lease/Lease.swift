package import Domain

/// At most one holder at a time of a named piece of work, for a while.
package protocol Lease: Sendable {
  /// Takes the lease if nobody holds it, or `holder` does already (which renews it).
  ///
  /// - Returns: Nil if somebody else holds it. The token grows with each change of holder.
  func acquire(_ name: String, holder: Identifier128, for duration: Duration) async throws(LeaseError) -> LeaseGrant?

  /// Gives it back early; nothing happens if `holder` does not hold it.
  func release(_ name: String, holder: Identifier128) async throws(LeaseError)
}
