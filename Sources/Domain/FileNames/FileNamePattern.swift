/// Takes attributes from the path of a log file: `/var/log/containers/{pod}_{namespace}_{container}-{id}.log`.
///
/// `{name}` stands for one or more characters of one name of the path, for as many as the rest of the pattern leaves it:
/// `{service}-{instance}.log` takes `api-gateway-1.log` apart into `api-gateway` and `1`. Everything else is as in
/// `PathPattern`, but that wildcards match dots at the start of names too. A pattern that does not begin with a slash is
/// about the end of the path.
package struct FileNamePattern: Hashable, Sendable {
  /// As it was given.
  package let text: String
  /// In the order in which they stand in the pattern; not empty, none twice.
  package let names: [String]
  private let program: GlobProgram

  package init(_ text: String) throws(FileNamePatternError) {
    self.text = text
    var names: [String] = []
    // A path begins with a slash; a pattern that does not leaves open in which folders it is.
    var pieces: [GlobPiece] = [.byte(UInt8(ascii: "/"))] + (text.utf8.first == UInt8(ascii: "/") ? [] : [.folders])
    let components = text.utf8.split(separator: UInt8(ascii: "/")).map(Substring.init)
    for (index, component) in components.enumerated() {
      let isLast = index == components.count - 1
      if component == "**" {
        pieces.append(contentsOf: isLast ? [.folders, .run] : [.folders])
      } else {
        pieces.append(contentsOf: try Self.pieces(of: component, in: text, &names))
        if !isLast { pieces.append(.byte(UInt8(ascii: "/"))) }
      }
    }
    guard !names.isEmpty else { throw .nothingNamed(pattern: text) }
    self.names = names
    program = GlobProgram(pieces, matchesHidden: true)
  }

  /// What the names stand for in `path`, in their order; nil if the pattern does not fit.
  ///
  /// - Parameter path: Absolute.
  package func match(_ path: String) -> [(name: String, value: String)]? {
    let bytes = path.utf8.span
    guard let ranges = program.ranges(in: bytes, names: names.count) else { return nil }
    return zip(names, ranges).map { name, range in (name, String(repairing: bytes.extracting(range))) }
  }

  private static func pieces(
    of component: Substring, in pattern: String, _ names: inout [String]
  ) throws(FileNamePatternError) -> [GlobPiece] {
    var pieces: [GlobPiece] = []
    var rest = component
    while !rest.isEmpty {
      let plain = textBeforeName(rest)
      guard let parsed = GlobPiece.parse(plain) else { throw .unclosed(pattern: pattern) }
      pieces.append(contentsOf: parsed)
      rest = rest[plain.endIndex...]
      guard !rest.isEmpty else { break }
      guard let close = rest.unicodeScalars.firstIndex(of: "}") else { throw .unclosed(pattern: pattern) }
      let name = String(rest.unicodeScalars.dropFirst().prefix(upTo: close))
      rest = Substring(rest.unicodeScalars[close...].dropFirst())
      guard isSuitable(name) else { throw .unsuitableName(pattern: pattern, name: name) }
      guard !names.contains(name) else { throw .namedTwice(pattern: pattern, name: name) }
      switch pieces.last {
      case .name, .run: throw .adjacent(pattern: pattern, name: name)
      case .byte, .character, .set, .folders, nil: pieces.append(.name(names.count))
      }
      names.append(name)
    }
    return pieces
  }

  /// Up to the next brace that opens a name: one without `\` before it.
  private static func textBeforeName(_ text: Substring) -> Substring {
    var isEscaped = false
    let scalars = text.unicodeScalars
    for index in scalars.indices {
      if scalars[index] == "{", !isEscaped { return text[..<index] }
      isEscaped = scalars[index] == "\\" && !isEscaped
    }
    return text
  }

  private static func isSuitable(_ name: String) -> Bool {
    !name.isEmpty
      && name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
          true
        default: false
        }
      }
  }
}
