/// Wildcards for one name of a path.
package struct NamePattern: Hashable, Sendable {
  /// `*`: every name but hidden ones.
  package static let any = NamePattern([.run], matchesHidden: false)

  private let program: GlobProgram
  /// The one name that matches, if there are no wildcards.
  let only: String?

  init(_ pieces: [GlobPiece], matchesHidden: Bool) {
    program = GlobProgram(pieces, matchesHidden: matchesHidden)
    var bytes: [UInt8]? = []
    for piece in pieces { if case .byte(let byte) = piece { bytes?.append(byte) } else { bytes = nil } }
    only = bytes.map { String(decoding: $0, as: UTF8.self) }
  }

  package func matches(_ name: String) -> Bool { program.matches(name.utf8.span) }
}
