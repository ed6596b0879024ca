/// Why a file of tenants cannot be used.
package struct TenantFileError: Error, Hashable, Sendable, CustomStringConvertible {
  package let path: String
  /// Where in the file: `tenants.acme.keys[0].sha256`; empty for the file as a whole.
  package let place: String
  package let reason: String

  init(_ path: String, _ place: String = "", _ reason: String) {
    self.path = path
    self.place = place
    self.reason = reason
  }

  package var description: String {
    "the file of tenants '\(path)'\(place.isEmpty ? "" : " at \(place)"): \(reason)"
  }
}
