/// A field of a line that `JSONLineFields` names.
struct FoundField: Sendable {
  /// Index in the table of fields.
  let field: Int
  let value: JSONValue
}
