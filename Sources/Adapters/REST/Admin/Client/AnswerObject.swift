import Domain

/// An object of an answer, read member by member. Members that this build does not know are passed over; null says the same
/// as leaving one out.
struct AnswerObject {
  private let members: [String: JSONNode]

  init(_ bytes: [UInt8]) throws(AdminClientError) {
    let node: JSONNode
    do throws(JSONSyntaxError) { node = try JSONReader.read(bytes) } catch {
      throw .unexpected(reason: "\(error.reason) (at byte \(error.offset))")
    }
    try self.init(node)
  }

  init(_ node: JSONNode) throws(AdminClientError) {
    guard case .object(let members) = node.value else {
      throw .unexpected(reason: "\(node.kind) where an object is expected")
    }
    self.members = Dictionary(uniqueKeysWithValues: members.map { ($0.name, $0.node) }).filter {
      $0.value.value != .null
    }
  }

  func optionalString(_ name: String) throws(AdminClientError) -> String? {
    guard let node = members[name] else { return nil }
    guard case .string(let text) = node.value else { throw mismatch(name, node, "a string") }
    return text
  }

  func string(_ name: String) throws(AdminClientError) -> String { try require(name, optionalString(name)) }

  /// A whole number, written as one or, as those of 64 bits are, as a string.
  func optionalInteger<Value: FixedWidthInteger>(_ name: String) throws(AdminClientError) -> Value? {
    guard let node = members[name] else { return nil }
    switch node.value {
    case .number(let text), .string(let text):
      if let value = Value(text) { return value }
      fallthrough
    default: throw mismatch(name, node, "a whole number")
    }
  }

  func integer<Value: FixedWidthInteger>(_ name: String) throws(AdminClientError) -> Value {
    try require(name, optionalInteger(name))
  }

  func bool(_ name: String) throws(AdminClientError) -> Bool {
    guard let node = members[name] else { return false }
    guard case .bool(let value) = node.value else { throw mismatch(name, node, "a boolean") }
    return value
  }

  func optionalObject(_ name: String) throws(AdminClientError) -> AnswerObject? {
    guard let node = members[name] else { return nil }
    return try AnswerObject(node)
  }

  func object(_ name: String) throws(AdminClientError) -> AnswerObject { try require(name, optionalObject(name)) }

  func objects(_ name: String) throws(AdminClientError) -> [AnswerObject] {
    guard let node = members[name] else { return [] }
    guard case .array(let elements) = node.value else { throw mismatch(name, node, "an array") }
    var objects: [AnswerObject] = []
    for element in elements { objects.append(try AnswerObject(element)) }
    return objects
  }

  /// A string that `convert` makes something of; nil if it is absent.
  func optionalValue<Value>(_ name: String, _ convert: (String) -> Value?) throws(AdminClientError) -> Value? {
    guard let text = try optionalString(name) else { return nil }
    guard let value = convert(text) else { throw .unexpected(reason: "\(name) is \"\(text.prefix(64))\"") }
    return value
  }

  func value<Value>(_ name: String, _ convert: (String) -> Value?) throws(AdminClientError) -> Value {
    try require(name, optionalValue(name, convert))
  }

  func partition(_ name: String) throws(AdminClientError) -> PartitionID {
    let number: Int = try integer(name)
    guard number >= 0 else { throw .unexpected(reason: "\(name) is \(number)") }
    return PartitionID(number)
  }

  private func require<Value>(_ name: String, _ value: Value?) throws(AdminClientError) -> Value {
    guard let value else { throw .unexpected(reason: "\(name) is missing") }
    return value
  }

  private func mismatch(_ name: String, _ node: JSONNode, _ expected: String) -> AdminClientError {
    .unexpected(reason: "\(name) is \(node.kind), expected \(expected)")
  }
}
