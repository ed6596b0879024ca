/// A value of a JSON text and where it stands.
struct JSONNode: Equatable {
  /// Numbers are kept as written, so that whoever asks decides what fits.
  indirect enum Value: Equatable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([JSONNode])
    /// In the order of the text; names are unique.
    case object([JSONMember])
  }

  /// Bytes from the start of the text.
  let offset: Int
  let value: Value

  /// With its article, for "expected a string, found …".
  var kind: String {
    switch value {
    case .null: "null"
    case .bool: "a boolean"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}

/// One name and its value in a JSON object.
struct JSONMember: Equatable {
  let name: String
  /// Bytes from the start of the text to the name's first quote.
  let nameOffset: Int
  let node: JSONNode
}
