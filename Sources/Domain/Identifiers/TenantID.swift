/// The isolation boundary. Nothing crosses it: keys, limits, queries, metrics.
package struct TenantID: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let text: String

  /// - Throws: If `text` breaks the rules for names (1 to 128 bytes, no control character, no leading `_` or `.`).
  package init(_ text: String) throws(NameError) {
    try Name.check(text)
    self.text = text
  }

  package var description: String { text }

  package static func == (left: TenantID, right: TenantID) -> Bool { Name.equal(left.text, right.text) }

  package func hash(into hasher: inout Hasher) { Name.hash(text, into: &hasher) }

  package static func < (left: TenantID, right: TenantID) -> Bool { Name.precedes(left.text, right.text) }
}

extension TenantID {
  /// What a request means that names no tenant.
  package static let `default` = TenantID(trusted: "default")

  private init(trusted text: String) { self.text = text }
}
