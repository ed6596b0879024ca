import Domain

/// The path and the query of a request's target, decoded.
struct RequestTarget: Equatable, Sendable {
  struct Parameter: Equatable, Sendable {
    let name: String
    let value: String
  }

  /// As sent, without the query: our paths need no escapes, so one with escapes is none of ours.
  let path: String
  /// In the order of the text.
  let parameters: [Parameter]

  /// - Parameter text: In origin form (`/v1/query?x=1`) or in absolute form, which a server must take too (RFC 9112
  ///   section 3.2.2).
  /// - Throws: If an escape is cut off or what it spells is not UTF-8.
  init(_ text: String) throws(Problem) {
    var rest = text[...]
    if let scheme = rest.firstRange(of: "://"), !rest.hasPrefix("/") {
      rest = rest[scheme.upperBound...]
      rest = rest[(rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex)...]
    }
    let parts = rest.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    path = parts.first.map { $0.isEmpty ? "/" : String($0) } ?? "/"
    var parameters: [Parameter] = []
    if parts.count == 2 {
      for pair in parts[1].split(separator: "&") {
        let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        parameters.append(
          Parameter(name: try Self.decode(halves[0]), value: halves.count == 2 ? try Self.decode(halves[1]) : ""))
      }
    }
    self.parameters = parameters
  }

  /// The value of `name`, once at most.
  ///
  /// - Throws: If it is there twice.
  func value(_ name: String) throws(Problem) -> String? {
    let found = parameters.filter { $0.name == name }
    if found.count > 1 { throw Problem(.invalidRequest, "\(name) is there \(found.count) times", field: name) }
    return found.first?.value
  }

  /// - Throws: `.unknownField` for a parameter that is not among `names`.
  func allowOnly(_ names: [String]) throws(Problem) {
    guard let other = parameters.first(where: { !names.contains($0.name) }) else { return }
    let allowed = names.isEmpty ? "this address takes none" : "it takes \(names.joined(separator: ", "))"
    let name = String(other.name.prefix(64))
    throw Problem(.unknownField, "there is no parameter \"\(name)\"; \(allowed)", field: name)
  }

  /// Undoes percent-encoding, and `+` for a space as forms write it.
  private static func decode(_ text: Substring) throws(Problem) -> String {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        guard let decoded = Hexadecimal.bytes(rest.prefix(2)), let value = decoded.first else {
          throw Problem(.invalidRequest, "a '%' in the address is not followed by two hexadecimal digits")
        }
        bytes.append(value)
        rest = rest.dropFirst(2)
      default: bytes.append(byte)
      }
    }
    guard let decoded = String(validating: bytes.span) else {
      throw Problem(.invalidRequest, "an escape in the address is not UTF-8")
    }
    return decoded
  }
}
