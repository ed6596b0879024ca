extension GlobPiece {
  /// The pieces of one name of a path: `*`, `?`, `[…]`, and `\` before a character that stands for itself.
  ///
  /// - Returns: Nil where a bracket is not closed.
  static func parse(_ name: Substring) -> [GlobPiece]? {
    var pieces: [GlobPiece] = []
    var rest = name.unicodeScalars
    while let scalar = rest.popFirst() {
      switch scalar {
      case "*":
        if pieces.last != .run { pieces.append(.run) }
      case "?": pieces.append(.character)
      case "[":
        guard let set = GlobSet(parsing: &rest) else { return nil }
        pieces.append(.set(set))
      case "\\":
        pieces.append(contentsOf: bytes(of: rest.popFirst() ?? "\\"))
      default: pieces.append(contentsOf: bytes(of: scalar))
      }
    }
    return pieces
  }

  static func bytes(of scalar: Unicode.Scalar) -> [GlobPiece] { UTF8.encode(scalar)?.map { .byte($0) } ?? [] }
}
