/// An element of a small XML document, without attributes.
struct XMLElement: Equatable, Sendable {
  /// Without a namespace's prefix.
  let name: String
  /// The character data directly in it, pieces joined.
  var text = ""
  var children: [XMLElement] = []

  /// The text of the first child of that name; nil if there is none.
  func text(_ name: String) -> String? { self[name]?.text }

  subscript(name: String) -> XMLElement? { children.first { $0.name == name } }
}
