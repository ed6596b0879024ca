import Domain

/// The one flat object of a request, read field by field. Null says the same as leaving a field out.
struct RequestObject {
  private let members: [String: JSONNode]

  /// - Parameter fields: The names that it may have, in the order in which an error lists them.
  init(_ bytes: [UInt8], fields: [String]) throws(Problem) {
    let node: JSONNode
    do throws(JSONSyntaxError) { node = try JSONReader.read(bytes) } catch { throw Problem(error) }
    guard case .object(let members) = node.value else {
      throw Problem(.invalidJSON, "the body is \(node.kind), expected an object", offset: node.offset)
    }
    var found: [String: JSONNode] = [:]
    for member in members {
      guard fields.contains(member.name) else {
        let name = String(member.name.prefix(64))
        throw Problem(
          .unknownField, "there is no field \"\(name)\"; the fields are \(fields.joined(separator: ", "))",
          field: name, offset: member.nameOffset)
      }
      if member.node.value != .null { found[member.name] = member.node }
    }
    self.members = found
  }

  func string(_ field: String) throws(Problem) -> String? {
    guard let node = members[field] else { return nil }
    guard case .string(let text) = node.value else { throw mismatch(field, node, "a string") }
    return text
  }

  func integer(_ field: String) throws(Problem) -> Int64? {
    guard let node = members[field] else { return nil }
    guard case .number(let text) = node.value else { throw mismatch(field, node, "an integer") }
    guard let value = Int64(text) else {
      throw Problem(
        .invalidRequest,
        "\(field) is \(text.prefix(32)): expected a whole number of at most 64 bits, written in digits",
        field: field, offset: node.offset)
    }
    return value
  }

  /// False if it is left out.
  func bool(_ field: String) throws(Problem) -> Bool {
    guard let node = members[field] else { return false }
    guard case .bool(let value) = node.value else { throw mismatch(field, node, "true or false") }
    return value
  }

  /// A string that `convert` makes something of; `expectation` completes "expected …".
  func value<Value>(_ field: String, _ expectation: String, _ convert: (String) -> Value?) throws(Problem) -> Value? {
    guard let text = try string(field) else { return nil }
    guard let value = convert(text) else {
      throw Problem(
        .invalidRequest, "\(field) is \"\(text.prefix(64))\": expected \(expectation)", field: field,
        offset: members[field]?.offset)
    }
    return value
  }

  private func mismatch(_ field: String, _ node: JSONNode, _ expected: String) -> Problem {
    Problem(.invalidRequest, "\(field) is \(node.kind): expected \(expected)", field: field, offset: node.offset)
  }
}
