package import Domain

/// What a generator is asked to make.
package struct GeneratorOptions: Sendable {
  package var tenant: TenantID
  /// Events a second; 0 for as many as the server takes.
  package var rate = 0
  /// How many events in all; nil for no end.
  package var count: Int?
  /// This service alone.
  package var service: ServiceName?
  /// The same seed makes the same messages.
  package var seed: UInt64
  package var window = SendWindow.Limits()

  package init(tenant: TenantID, seed: UInt64) {
    self.tenant = tenant
    self.seed = seed
  }
}
