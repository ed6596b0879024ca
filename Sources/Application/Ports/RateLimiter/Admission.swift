/// Whether a tenant may send.
package enum Admission: Hashable, Sendable {
  case admitted
  /// After this time the same batch would be admitted, if the tenant sends nothing else.
  case refused(retryAfter: Duration)
}
