/// What wrote the events, unique within a tenant.
package struct ServiceName: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let text: String

  /// - Throws: If `text` breaks the rules for names (1 to 128 bytes, no control character, no leading `_` or `.`).
  package init(_ text: String) throws(NameError) {
    try Name.check(text)
    self.text = text
  }

  package var description: String { text }

  package static func == (left: ServiceName, right: ServiceName) -> Bool { Name.equal(left.text, right.text) }

  package func hash(into hasher: inout Hasher) { Name.hash(text, into: &hasher) }

  package static func < (left: ServiceName, right: ServiceName) -> Bool { Name.precedes(left.text, right.text) }
}
