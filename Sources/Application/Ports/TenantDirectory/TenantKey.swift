/// Bounds of API keys.
package enum TenantKey {
  /// Longer ones are refused before they are hashed.
  package static let maximumBytes = 256
}
